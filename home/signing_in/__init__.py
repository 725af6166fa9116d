"""Who comes to the desk and how: logins, second factors, sessions that end, and the record of it all."""

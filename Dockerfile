# The embedded default in one container: SQLite and Tantivy, everything that it keeps in /data.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

# A fixed number, so that the rights on a mounted folder can be set from outside.
RUN useradd --uid 10001 --create-home trang && install --directory --owner trang --group trang /data
COPY . .
USER trang

ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000

# Any answer below 500 will do: behind a proxy it may well be a redirect to https.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD ["python", "-c", "\
import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
c.request('GET', '/api/v1/search/?page_size=1'); assert c.getresponse().status < 500"]

CMD ["python", "manage.py", "serve", "--prepare"]

# One image for both set-ups: alone it is the embedded default, with everything that it keeps in /data; in
# docker-compose.yml the same image is web process, worker and scheduler.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY requirements-production.txt .
RUN pip install --require-hashes -r requirements-production.txt

# A fixed number, so that the rights on a mounted folder can be set from outside. The folders are here so that
# volumes mounted on them belong to it.
RUN useradd --uid 10001 --create-home trang \
    && install --directory --owner trang --group trang /data /data/media /data/imports /data/static
COPY . .
USER trang

ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8000
# Static files and compiled catalogues are made here and not at every start. The key is for this step alone.
RUN SECRET_KEY=none python manage.py collectstatic --no-input --verbosity 0
EXPOSE 8000

# Any answer below 500 will do: behind a proxy it may well be a redirect to https.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD ["python", "-c", "\
import http.client, os; c = http.client.HTTPConnection('localhost', int(os.environ['PORT']), timeout=4); \
c.request('GET', '/readyz'); assert c.getresponse().status < 500"]

# Without docker-compose: docker run --volume trang:/data --publish 8000:8000 trang
CMD ["python", "manage.py", "serve", "--prepare"]

# The broker in a container: docker compose build. See docker-compose.yml.
#
# Nothing secret goes into the image. Configuration, keys and secrets are mounted
# when it runs; only the workspace and /tmp are ever written to.

ARG PYTHON_IMAGE=python:3.11-slim-bookworm

# --- build: the locked packages, and the broker itself as a wheel --------------
FROM ${PYTHON_IMAGE} AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_INPUT=1

WORKDIR /build
COPY requirements.lock requirements-build.lock ./
RUN python -m venv tools \
    && tools/bin/pip install --require-hashes --no-deps --requirement requirements-build.lock \
    && python -m venv --without-pip /opt/broker \
    && tools/bin/pip --python /opt/broker/bin/python install \
        --require-hashes --no-deps --only-binary :all: --requirement requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY broker broker
COPY adapters adapters
COPY config config
RUN tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir wheel . \
    && tools/bin/pip --python /opt/broker/bin/python install --no-deps --no-index wheel/*.whl \
    && /opt/broker/bin/python -m compileall -q /opt/broker/lib

# --- run -----------------------------------------------------------------------
FROM ${PYTHON_IMAGE} AS run

LABEL org.opencontainers.image.title="Verrijkingsbroker" \
      org.opencontainers.image.licenses="EUPL-1.2"

# The second OpenPGP engine, for messages that the first one refuses.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gnupg \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --gid 10001 broker \
    && useradd --uid 10001 --gid broker --no-create-home --home-dir /tmp --shell /usr/sbin/nologin broker

COPY --from=build /opt/broker /opt/broker

ENV PATH=/opt/broker/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

USER 10001:10001
WORKDIR /werkruimte
EXPOSE 2525

# Fails when the configuration or the databases cannot be read. What is held, and
# every alarm, stands in what it prints: docker inspect shows the last lines.
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 \
    CMD ["broker", "status", "--config", "/werkruimte/broker.toml"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["broker"]
CMD ["serve", "--config", "/werkruimte/broker.toml"]

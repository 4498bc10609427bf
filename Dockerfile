# syntax=docker/dockerfile:1
# The image of miso: one program, which is the server, the worker, and all commands (`docker run --rm miso help`).
#
#     docker build --tag miso .
#     docker run --rm --publish 127.0.0.1:8000:8000 --volume miso:/var/lib/miso miso
#
# is the whole site with SQLite and the starter data. docker-compose.yml has it with PostgreSQL, a worker and two servers.

# The compiler that Cargo.toml asks for, on the Debian that the image is made of: the program needs the C library of its build.
ARG RUST=1.95
ARG DEBIAN=bookworm

FROM rust:${RUST}-slim-${DEBIAN} AS build
WORKDIR /src
# What .dockerignore lets in. Pages, words, mails, starter data and the GraphiQL workbench become part of the program.
COPY . .
# Downloads and what was compiled last time stay with the builder, not in the image; so only what changed is compiled again.
RUN --mount=type=cache,id=miso-registry,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,id=miso-target,target=/src/target,sharing=locked \
    cargo build --release --locked --package miso --bin miso \
    && install -D --mode=0755 target/release/miso /out/miso

# A small Debian rather than an image without a shell: the C library and libgcc that the program is linked to, and a bash with
# which docker-compose.yml asks whether a server is ready. Nothing is installed in it: certificates of authorities (for the
# mail server and for PostgreSQL), time zones and SQLite are in the program.
FROM debian:${DEBIAN}-slim
LABEL org.opencontainers.image.title="miso" \
      org.opencontainers.image.description="The platform with which a network of associations runs its public life" \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"
# A user of its own, by number, so that whoever runs the image can see that it is not root.
RUN groupadd --gid 10001 miso \
    && useradd --no-log-init --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/miso --shell /usr/sbin/nologin miso \
    && install --directory --owner=miso --group=miso --mode=0700 /var/lib/miso
COPY --from=build /out/miso /usr/local/bin/miso
COPY LICENSE /usr/share/doc/miso/LICENSE

ENV MISO_LISTEN=0.0.0.0:8000 \
    MISO_DATA_DIR=/var/lib/miso
USER 10001:10001
WORKDIR /var/lib/miso
# The secret key, and with SQLite everything else. Nothing is written anywhere but here.
VOLUME /var/lib/miso
EXPOSE 8000
# No HEALTHCHECK: a worker and a command listen to nobody. Servers answer at /healthz (alive) and /readyz (the database is, too).
ENTRYPOINT ["miso"]
CMD ["serve"]

# syntax=docker/dockerfile:1
# The program with its own ffmpeg; PostgreSQL and Redis come from compose.yaml, or embedded when their URLs are empty.

FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends default-jdk-headless maven nodejs npm ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY webroot webroot
COPY src/main src/main
RUN mvn -q -B -ntp -Dmaven.test.skip=true package

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-17-jre-headless bubblewrap curl tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin rivulet \
 && install -d -o rivulet -g rivulet /data
COPY --from=build /src/target/lib /app/lib
COPY --from=build /src/target/rivulet.jar /app/rivulet.jar
COPY scripts/java.options /app/java.options
USER rivulet
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV RIVULET_HTTP_HOST=0.0.0.0 \
    RIVULET_DATA_DIR=/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD curl --fail --silent --output /dev/null http://127.0.0.1:8080/health/ready || exit 1
# tini takes the place of process 1: it passes signals on and clears away what has ended.
ENTRYPOINT ["tini", "--", "java", "@/app/java.options", "-jar", "/app/rivulet.jar"]

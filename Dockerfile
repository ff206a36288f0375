FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /out/huiban .

FROM debian:bookworm-slim
# OFFICE=1 adds what turns a letter into PDF and pictures: about 400 MB.
ARG OFFICE=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tzdata fontconfig fonts-noto-cjk \
        poppler-utils poppler-data antiword catdoc \
    && if [ "$OFFICE" = 1 ]; then apt-get install -y --no-install-recommends libreoffice-writer-nogui; fi \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin huiban \
    && install -d -o huiban -g huiban -m 0700 /data
# The official faces (仿宋_GB2312, 方正小标宋简体) may not be passed on; the alias file puts free ones in their place.
COPY integrations/docx/fonts.conf /etc/huiban/fonts.conf
ENV FONTCONFIG_FILE=/etc/huiban/fonts.conf
COPY --from=build /out/huiban /usr/local/bin/huiban

USER huiban
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["huiban", "health"]
ENTRYPOINT ["huiban"]
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data"]

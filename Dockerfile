# syntax=docker/dockerfile:1
# Build: docker build -t marquee .
# It needs PUBLIC_URL to start: docker run -e PUBLIC_URL=https://movies.example.org … marquee
# scripts/rehearse-image.js follows the steps below without Docker.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf dist/test dist/bench
# A running process reads no types, source maps, sources of what is compiled, or programs of other systems.
RUN find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.flow' \) -delete \
  && cd node_modules \
  && rm -rf @appthreat/sqlite3/deps @appthreat/sqlite3/prebuilds/darwin-* @appthreat/sqlite3/prebuilds/win32-* @appthreat/sqlite3/prebuilds/*/*.musl.node \
    adminjs/bundle adminjs/src adminjs/lib/frontend/assets/scripts/*.development.js \
    @adminjs/design-system/src @adminjs/design-system/bundle.development.js @esbuild

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/app.sqlite
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json .sequelizerc LICENSE ./
COPY scripts/build.js scripts/ensure-built.js ./scripts/
COPY migrations ./migrations
COPY seeders ./seeders
# Debian has a /media already.
RUN mkdir -p /data /media && chown node:node /data /media
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# node itself is the process that gets SIGTERM: npm would not pass it on.
CMD ["node", "dist/src/main.js"]

# The web host for an external PostgreSQL (ConnectionStrings__HomeCare). docs/compose.yaml adds one.
# A test runs the RUN lines below in a clean folder and starts what they publish: they stay plain commands, with
# relative paths, in one line each.

FROM node:22-bookworm-slim AS browser-files
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --omit=optional --ignore-scripts --no-audit --no-fund

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=browser-files /source/node_modules node_modules
RUN dotnet restore src/HomeCare.Web --locked-mode
RUN dotnet publish src/HomeCare.Web -c Release --no-restore -o published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /source/published .
ENV HOMECARE_URLS=http://+:8080 HOMECARE_DEMO=0
EXPOSE 8080
USER $APP_UID
ENTRYPOINT ["dotnet", "HomeCare.Web.dll"]

# Both services: docker build --target extractor . and docker build --target loader .

FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /build
# The poms alone first: this layer holds the downloads and lasts until a pom changes
COPY pom.xml ./
COPY common/pom.xml common/
COPY extractor/pom.xml extractor/
COPY loader/pom.xml loader/
COPY quickstart-app/pom.xml quickstart-app/
COPY system-tests/pom.xml system-tests/
COPY bench-app/pom.xml bench-app/
RUN mvn -B -q -pl extractor,loader -am compile
COPY . .
RUN mvn -B -q -pl extractor,loader -am -Dmaven.test.skip=true package

FROM eclipse-temurin:21-jre AS service
RUN useradd --system --uid 10001 --no-create-home syncline
WORKDIR /opt/syncline
COPY docker/health.sh docker/class-archive.sh docker/java.options ./
ENV JDK_JAVA_OPTIONS="@/opt/syncline/java.options"
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=6 CMD ["/opt/syncline/health.sh"]

FROM service AS extractor
COPY --from=build /build/extractor/target/extractor.jar ./
RUN ./class-archive.sh extractor.jar extractor.jsa
USER syncline
ENV HTTP_PORT=8089 TABLES_FILE=/etc/syncline/tables.json
EXPOSE 8089
ENTRYPOINT ["java", "-XX:SharedArchiveFile=extractor.jsa", "-jar", "extractor.jar"]

FROM service AS loader
COPY --from=build /build/loader/target/loader.jar ./
RUN ./class-archive.sh loader.jar loader.jsa
USER syncline
ENV HTTP_PORT=8090
EXPOSE 8090
ENTRYPOINT ["java", "-XX:SharedArchiveFile=loader.jsa", "-jar", "loader.jar"]

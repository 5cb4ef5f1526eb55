# What the fixtures of Java need beside the testbed's family java: Gradle, and bases for other runtimes than its own.
group "java-more" { targets = ["gradle", "distroless-java-base", "temurin-alpine"] }

target "gradle" {
  inherits = ["stand-in"]
  context  = "${EXTRA}/java-more"
  contexts = { jdk = "target:temurin-25-jdk" }
  target   = "gradle"
  tags     = ["gradle:9-jdk25"]
}

target "distroless-java-base" {
  inherits = ["stand-in"]
  context  = "${EXTRA}/java-more"
  contexts = { cc = "target:distroless-cc-debian13-nonroot", "debian:slim" = "target:debian-trixie-slim" }
  target   = "java-base"
  tags     = ["gcr.io/distroless/java-base-debian13:nonroot"]
}

target "temurin-alpine" {
  name     = "temurin-alpine-${java}"
  inherits = ["stand-in"]
  context  = "${EXTRA}/java-more"
  contexts = { jre = "target:temurin-${java}-jre", alpine = "target:alpine-3-24" }
  target   = "alpine-jre"
  matrix   = { java = ["21", "25"] }
  tags     = ["eclipse-temurin:${java}-jre-alpine-3.24"]
}

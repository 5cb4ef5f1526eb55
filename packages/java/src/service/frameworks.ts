/** A library or framework that listens. */
export interface Framework {
  readonly title: string;
  /** What of it the program depends on, `group:artifact`. */
  readonly dependency: RegExp;
  /** Settings that name its port, and that of the address it listens on. */
  readonly port: readonly string[];
  readonly host?: readonly string[];
  /** Its configuration files, where they are not the usual `application.*`. */
  readonly files?: readonly string[];
  /** The port that it listens on where nothing names one; absent where its programs have to name one. */
  readonly usual?: number;
}

/** The best known first: a program may use one inside another. */
export const frameworks: readonly Framework[] = [
  {
    title: 'Spring Boot',
    dependency:
      /^org\.springframework\.(boot:spring-boot-starter-(web|webmvc|webflux|jersey|tomcat|jetty|undertow|reactor-netty|data-rest|hateoas|websocket|web-services|graphql)$|cloud:spring-cloud-(starter-gateway|config-server|starter-netflix-eureka-server))/,
    port: ['server.port'],
    host: ['server.address'],
    usual: 8080,
  },
  {
    title: 'Quarkus',
    dependency:
      /^io\.quarkus[\w.]*:quarkus-(rest|resteasy|vertx-http|undertow|reactive-routes|vertx-web|smallrye-(graphql|health|openapi|metrics)|grpc|spring-web|websockets|qute-web|web-dependency-locator)/,
    port: ['quarkus.http.port', '%prod.quarkus.http.port'],
    host: ['quarkus.http.host', '%prod.quarkus.http.host'],
    usual: 8080,
  },
  {
    title: 'Micronaut',
    dependency: /^io\.micronaut[\w.]*:micronaut-(http-server|servlet)/,
    port: ['micronaut.server.port'],
    host: ['micronaut.server.host'],
    usual: 8080,
  },
  {
    title: 'Helidon',
    dependency: /^io\.helidon[\w.]*:helidon-(webserver|microprofile)/,
    port: ['server.port'],
    host: ['server.host'],
    files: ['application.yaml', 'application.properties', 'META-INF/microprofile-config.properties'],
    usual: 8080,
  },
  {
    title: 'Ktor',
    dependency: /^io\.ktor:ktor-server/,
    port: ['ktor.deployment.port'],
    host: ['ktor.deployment.host'],
  },
  { title: 'Dropwizard', dependency: /^io\.dropwizard:dropwizard-core/, port: [], usual: 8080 },
  { title: 'Vert.x', dependency: /^io\.vertx:vertx-(web|core)$/, port: [] },
  { title: 'Javalin', dependency: /^io\.javalin:javalin/, port: [], usual: 8080 },
  { title: 'Spark', dependency: /^com\.sparkjava:spark-/, port: [], usual: 4567 },
  { title: 'http4k', dependency: /^org\.http4k:http4k-server/, port: [] },
  { title: 'Jetty', dependency: /^org\.eclipse\.jetty[\w.]*:jetty-(server|webapp|ee)/, port: [] },
  { title: 'Undertow', dependency: /^io\.undertow:undertow-/, port: [] },
  { title: 'Tomcat', dependency: /^org\.apache\.tomcat\.embed:tomcat-embed/, port: [] },
  { title: 'gRPC', dependency: /^io\.grpc:grpc-(netty|services|okhttp)/, port: [] },
];

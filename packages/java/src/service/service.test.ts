import { expect, test } from 'vitest';
import { detect, pom, projectOf } from '../project.test.kit.ts';
import { readSettings } from './config.ts';

test('settings of YAML and of properties, up to what is for a profile', () => {
  const yaml = `---\n# a\nserver:\n  port: \${PORT:8081} # b\n  servlet:\n    context-path: "/x"\nspring.application.name: 'y'\nother:\n  - port: 1\n---\nserver:\n  port: 9\n`;
  const read = (file: string, text: string) =>
    [...readSettings(projectOf({ [file]: text }), file)].map(([key, { value, place }]) => [key, value, place.line]);
  expect(read('a.yml', yaml)).toEqual([
    ['server.port', `\${PORT:8081}`, 4],
    ['server.servlet.context-path', '/x', 6],
    ['spring.application.name', 'y', 7],
  ]);
  expect(read('a.properties', '# c\nserver.port = 8082\n!x=1\n#---\nserver.port=9\n')).toEqual([
    ['server.port', '8082', 2],
  ]);
});

const program = (body: string): string =>
  `package a;\npublic class Main {\n  public static void main(String[] args) throws Exception {\n    ${body}\n  }\n}\n`;
const depends = (...names: readonly string[]): string =>
  pom(
    `<dependencies>${names.map((name) => `<dependency><groupId>${name.split(':')[0]}</groupId><artifactId>${name.split(':')[1]}</artifactId></dependency>`).join('')}</dependencies>`,
  );

test.each([
  ['HttpServer.create(new InetSocketAddress(9001), 0);', [], 9001],
  ['new ServerSocket(9002);', [], 9002],
  ['Javalin.create().start(7070);', ['io.javalin:javalin'], 7070],
  ['app.start(Integer.parseInt(System.getenv().getOrDefault("PORT", "7071")));', ['io.javalin:javalin'], 7071],
  ['vertx.createHttpServer().requestHandler(h).listen(8888);', ['io.vertx:vertx-core'], 8888],
  ['ServerBuilder.forPort(50051).build();', ['io.grpc:grpc-netty-shaded'], 50051],
  ['System.out.println(8080);', [], undefined],
])('the port %#', (body, dependencies, port) => {
  const { found, unused } = detect({ 'pom.xml': depends(...dependencies), 'src/main/java/a/Main.java': program(body) });
  expect([found.port, unused.includes('port')]).toEqual([port, port === undefined]);
});

test('a framework brings its usual port, and nobody asks', () => {
  const files = { 'pom.xml': depends('io.javalin:javalin'), 'src/main/java/a/Main.java': program('run();') };
  const { found, suggested, assumptions } = detect(files);
  expect([found.port, suggested.port, assumptions]).toEqual([undefined, 8080, undefined]);
});

test('a program that only its own container could reach', () => {
  const files = {
    'pom.xml': pom(
      '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>',
    ),
    'src/main/java/a/Main.java': program('run();'),
    'src/main/resources/application.properties': 'server.address=127.0.0.1\n',
  };
  expect(detect(files).notes.map(({ place }) => place)).toEqual([
    { file: 'src/main/resources/application.properties', line: 1 },
  ]);
});

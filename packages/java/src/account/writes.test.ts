import { expect, test } from 'vitest';
import { accountFor, writtenPaths } from './account.test.kit.ts';

test.each([
  ['Files.writeString(Path.of("out/report.txt"), text)', ['out/']],
  ['Files.createDirectories(Paths.get("uploads"))', ['uploads/']],
  ['new File("uploads/images").mkdirs()', ['uploads/images/']],
  ['new FileOutputStream("report.pdf")', ['report.pdf']],
  ['new PrintWriter(new FileWriter("app.log", true))', ['app.log']],
  ['new FileWriter(new File("out", name))', ['out/']],
  ['Path dir = Paths.get("store");\n Files.createDirectories(dir)', ['store/']],
  ['File file = new File("state.json");\n mapper.writeValue(file, state)', ['state.json']],
  ['FSDirectory.open(Paths.get("index"))', ['index/']],
  ['DriverManager.getConnection("jdbc:sqlite:app.db")', ['app.db']],
  ['DriverManager.getConnection("jdbc:sqlite:data/app.db")', ['data/']],
  ['DriverManager.getConnection("jdbc:h2:./data/db;MODE=MySQL")', ['data/']],
  ['DriverManager.getConnection("jdbc:h2:file:./shop")', ['shop.mv.db']],
  ['DriverManager.getConnection("jdbc:derby:shopdb;create=true")', ['shopdb/']],
  ['DriverManager.getConnection("jdbc:h2:mem:test")', []],
  ['DriverManager.getConnection("jdbc:h2:tcp://localhost/~/x")', []],
  ['new FileOutputStream("/tmp/x")', []],
  ['Files.write(Path.of("/srv/data/x"), bytes)', ['/srv/data/']],
  ['new RandomAccessFile("x.bin", "r")', []],
])('%s writes %j', (statement, paths) => {
  expect(writtenPaths(accountFor(`void f() { ${statement}; }`))).toEqual(paths);
});

test('settings that name what is written', () => {
  const properties = `spring.datasource.url=\${DB:jdbc:h2:file:./db/shop}
logging.file.name=logs/app.log
spring.servlet.multipart.location=parts
file.upload-dir=./uploads
app.storage.enabled=true
app.export-path=/api/export
`;
  expect(writtenPaths(accountFor('', { 'src/main/resources/application.properties': properties }))).toEqual([
    'db/',
    'logs/',
    'parts/',
    'uploads/',
  ]);
});

test('what logging writes', () => {
  const logback = `<configuration>
  <property name="DIR" value="\${LOG_DIR:-logs}"/>
  <appender><file>\${DIR}/app.log</file>
  <rollingPolicy><fileNamePattern>old/app.%d.log</fileNamePattern></rollingPolicy></appender>
</configuration>`;
  const log4j = '<Configuration><Appenders><File name="f" fileName="app.log"/></Appenders></Configuration>';
  const files = { 'src/main/resources/logback.xml': logback, 'src/main/resources/log4j2.xml': log4j };
  expect(writtenPaths(accountFor('', files))).toEqual(['app.log', 'logs/', 'old/']);
});

test('the home folder of a user that the image has not', () => {
  const files = { 'src/main/resources/application.properties': 'spring.datasource.url=jdbc:h2:~/shop\n' };
  expect(accountFor('', files).home).toEqual({ file: 'src/main/resources/application.properties', line: 1 });
});

test('machine code is unpacked to where it can be loaded from', async () => {
  const { detect, mainJava, pom } = await import('../project.test.kit.ts');
  const sqlite =
    '<dependencies><dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId></dependency></dependencies>';
  const files = { 'pom.xml': pom(sqlite), 'src/main/java/a/Main.java': mainJava('a.Main') };
  const plan = detect(files).plan({ runtime: 'distroless', name: 'app', main: 'a.Main' });
  expect(plan.runtime.entrypoint).toContain('-Dorg.sqlite.tmpdir=/data');
  expect(plan.writes?.map(({ path }) => path)).toEqual(['/data']);
});

import { expect, test } from 'vitest';
import { accountFor, readPaths } from './account.test.kit.ts';

const files = {
  'config/routes.txt': '',
  'data/x.json': '',
  'data/users/1.json': '',
  'letters/a.md': '',
  'public/index.html': '',
  'routes.txt': '',
  'templates/mail/hello.ftl': '',
  'webroot/index.html': '',
};

test.each([
  ['new File("config/routes.txt")', 'config/routes.txt'],
  ['Files.readString(Path.of("data/x.json"))', 'data/x.json'],
  ['Files.readString(Paths.get("data", "x.json"))', 'data/x.json'],
  ['new FileReader("routes.txt")', 'routes.txt'],
  ['new BufferedReader(new FileReader("./routes.txt"))', 'routes.txt'],
  ['new FileInputStream("config/routes.txt")', 'config/routes.txt'],
  ['Files.list(Path.of("letters"))', 'letters'],
  ['Files.newDirectoryStream(Paths.get("letters"), "*.md")', 'letters'],
  ['new File("letters").listFiles()', 'letters'],
  ['Path.of("data").resolve("x.json")', 'data/x.json'],
  ['Path.of("data", name + ".json")', 'data'],
  ['new File("data/users/" + id + ".json")', 'data/users'],
  ['new File(System.getProperty("user.dir") + "/config/routes.txt")', 'config/routes.txt'],
  ['Paths.get(System.getProperty("user.dir"), "letters")', 'letters'],
  ['SimpleFileServer.createFileHandler(Path.of("./letters").toAbsolutePath())', 'letters'],
  ['Path root = Paths.get("data").toAbsolutePath().normalize()', 'data'],
  ['new FileSystemResource("config/routes.txt")', 'config/routes.txt'],
  ['loader.getResource("file:config/routes.txt")', ''],
  ['ResourceUtils.getFile("file:config/routes.txt")', 'config/routes.txt'],
  ['resolver.setPrefix("templates/mail/")', 'templates/mail'],
  ['cfg.setDirectoryForTemplateLoading(new File("templates"))', 'templates'],
  ['app.add("public", Location.EXTERNAL)', 'public'],
  ['staticFiles.externalLocation("public")', 'public'],
  ['StaticHandler.create("public")', 'public'],
  ['StaticHandler.create()', 'webroot'],
  ['new PathResourceManager(Paths.get("public"))', 'public'],
  ['String file = args.length > 0 ? args[0] : "config/routes.txt"; open(file)', 'config/routes.txt'],
  ['File dir = new File(System.getenv().getOrDefault("LETTERS", "letters")); dir.listFiles()', 'letters'],
  ['Files.readString(Path.of(String.format("data/%s.json", id)))', 'data'],
  ['open("config/routes.txt")', 'config/routes.txt'],
  // in the jar, a name or a route
  ['getClass().getResourceAsStream("routes.txt")', ''],
  ['getResource("/config/routes.txt")', ''],
  ['@GetMapping("data/users")', ''],
  ['String name = "letters"', ''],
  ['new File(".")', ''],
  ['new File(args[0])', ''],
  // only looked for
  ['if (new File("own.txt").exists()) open()', ''],
])('%s reads %s', (statement, path) => {
  expect(readPaths(accountFor(`void f() { ${statement}; }`, files))).toEqual(path === '' ? [] : [path]);
});

test.each([
  ['File("letters").listFiles()', 'letters'],
  ['File("data/$name.json").readText()', 'data'],
  ['Path("letters").listDirectoryEntries()', 'letters'],
  ['staticFiles("/", File("public"))', 'public'],
  ['config.staticFiles.add { it.directory = "public"; it.location = Location.EXTERNAL }', 'public'],
  ['val dir = System.getenv("LETTERS") ?: "letters"\n  File(dir).walk()', 'letters'],
  ['Files.readString(Path.of(args.getOrElse(0) { "config/routes.txt" }))', 'config/routes.txt'],
])('Kotlin: %s reads %s', (statement, path) => {
  expect(readPaths(accountFor(`fun f() {\n  ${statement}\n}`, files, '', true))).toEqual([path]);
});

test('a constant, a field that a setting fills, and one of another class', () => {
  const body = `
  private static final String DIR = "letters";
  @Value("\${app.data:data}") private String data;
  void f() { Files.list(Paths.get(DIR)); Files.list(Path.of(data)); Files.list(Path.of(settings.getLocation())); }`;
  const other = 'package a;\nclass Settings {\n  private String location = "public";\n}\n';
  const account = accountFor(body, { ...files, 'src/main/java/a/Settings.java': other });
  expect(readPaths(account)).toEqual(['data', 'letters', 'public']);
  expect(account.reads[0]?.place).toEqual({ file: 'src/main/java/a/Main.java', line: 6 });
});

test('names of folders in an enum, joined', () => {
  const body = `void f() {
    String separator = File.separator;
    String path = String.join(separator, new String[] {Names.DATA.getName(), Names.USERS.getName()});
    new FileReader(path + separator + topic + ".json");
  }`;
  const names = 'package a;\nenum Names {\n  DATA("data"),\n  USERS("users");\n  Names(String name) {}\n}\n';
  expect(readPaths(accountFor(body, { ...files, 'src/main/java/a/Names.java': names }))).toEqual(['data/users']);
});

test('what nothing in the repository makes is read all the same', () => {
  expect(readPaths(accountFor('void f() { Files.readString(Path.of("own/settings.json")); }', files))).toEqual([
    'own/settings.json',
  ]);
  const made = 'void f() { Files.writeString(Path.of("own/a.json"), ""); Files.readString(Path.of("own/a.json")); }';
  expect(readPaths(accountFor(made, files))).toEqual([]);
});

test('settings that name files', () => {
  const yaml = `spring:
  web.resources.static-locations: classpath:/static/,file:./public/
  config.import:
    - optional:file:./config/extra.yml
app:
  letters-dir: letters
  routes: config/routes.txt
  title: data
  mail: \${MAIL:file:templates/mail/}
`;
  const more = { ...files, 'config/extra.yml': '', 'src/main/resources/application.yml': yaml };
  expect(readPaths(accountFor('', more))).toEqual([
    'config/extra.yml',
    'config/routes.txt',
    'letters',
    'public',
    'templates/mail',
  ]);
});

test('configuration that is read next to the jar names more', () => {
  const yaml =
    'database:\n  url: jdbc:h2:./store/shop\nserver:\n  keyFile: config/server.pem\n  routes: letters/a.md\n';
  const account = accountFor('void f() { load(new File("config/app.yml")); }', {
    ...files,
    'config/app.yml': yaml,
    'config/server.pem': '',
  });
  expect(readPaths(account)).toEqual(['config/app.yml', 'config/server.pem', 'letters/a.md']);
  expect(account.writes.map(({ path }) => path)).toEqual(['store']);
});

test.each([
  ['Dotenv.load()', ['.env']],
  ['Dotenv.configure().directory("x").load()', ['.env']],
  ['Dotenv.configure().ignoreIfMissing().load()', []],
])('%s reads %j', (statement, paths) => {
  expect(readPaths(accountFor(`void f() { ${statement}; }`))).toEqual(paths);
});

test('what is in the jar is not missed', () => {
  const packed = { 'src/main/resources/site/index.html': '' };
  expect(readPaths(accountFor('void f() { StaticHandler.create("site"); }', packed))).toEqual([]);
});

test('settings next to the jar, as the framework looks for them', () => {
  const boot =
    '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter</artifactId></dependency></dependencies>';
  const more = { 'application.yml': '', 'config/application-prod.yml': '', 'config/other.yml': '' };
  expect(readPaths(accountFor('', more, boot))).toEqual(['application.yml', 'config/application-prod.yml']);
  expect(readPaths(accountFor('', more))).toEqual([]);
});

test('a module looks in its own folder first, then in that of the build', async () => {
  const { detect, mainJava, pom } = await import('../project.test.kit.ts');
  const code = mainJava('api.Main').replace('{}', '{ open("data/own.txt"); open("all/shared.txt"); }');
  const project = {
    'pom.xml': pom('<packaging>pom</packaging><modules><module>api</module></modules>', 'all'),
    'api/pom.xml': pom('', 'api'),
    'api/src/main/java/api/Main.java': code,
    'api/data/own.txt': '',
    'all/shared.txt': '',
  };
  const plan = detect(project).plan({ runtime: 'distroless', name: 'api', main: 'api.Main' });
  expect(plan.reads).toEqual([
    { path: 'api/data/own.txt', when: 'run', at: '/app/data/own.txt', place: expect.anything() },
    { path: 'all/shared.txt', when: 'run', place: expect.anything() },
  ]);
});

import { expect, test } from 'vitest';
import { accountFor } from './account.test.kit.ts';

const names = (body: string, files: Readonly<Record<string, string>> = {}, kotlin = false): readonly string[] =>
  accountFor(body, files, '', kotlin).settings.map(({ name }) => name);

test.each([
  ['Objects.requireNonNull(System.getenv("TOKEN"))', ['TOKEN']],
  ['Optional.ofNullable(System.getenv("TOKEN")).orElseThrow()', ['TOKEN']],
  ['String token = System.getenv("TOKEN");\nif (token == null || token.isEmpty()) {\n throw new X("no"); }', ['TOKEN']],
  ['var token = System.getenv("TOKEN");\nif (token == null) System.exit(1);', ['TOKEN']],
  ['Integer.parseInt(System.getenv("PORT_X"))', ['PORT_X']],
  ['System.getenv("NAMES").split(",")', ['NAMES']],
  ['requireEnv("TOKEN")', ['TOKEN']],
  ['String token = System.getenv("TOKEN");\nif (token == null) token = "x";', []],
  ['System.getenv().getOrDefault("TOKEN", "x")', []],
  ['int p = System.getenv("PORT") != null ? Integer.parseInt(System.getenv("PORT")) : 8080', []],
  ['"x".equals(System.getenv("MODE"))', []],
])('%s needs %j', (statement, expected) => {
  expect(names(`void f() { ${statement}; }`)).toEqual(expected);
});

test.each([
  ['val token = System.getenv("TOKEN") ?: error("no")', ['TOKEN']],
  ['val token = System.getenv("TOKEN")!!', ['TOKEN']],
  ['val token = System.getenv()["TOKEN"] ?: throw X()', ['TOKEN']],
  ['val token = System.getenv("TOKEN") ?: "x"', []],
  ['val token = System.getenv("TOKEN")?.trim()', []],
])('Kotlin: %s needs %j', (statement, expected) => {
  expect(names(`fun f() {\n${statement}\n}`, {}, true)).toEqual(expected);
});

test('settings without a default', () => {
  const yaml = `app:
  url: jdbc:postgresql://\${DB_HOST}:\${DB_PORT:5432}/x
  other: \${A_URL:\${B_URL}}
  # \${GONE}
  known: \${app.name}
  name: x
`;
  const body = `
  @Value("\${app.api-key}") String key;
  @Value("\${app.name}") String name;
  @Value("\${app.size:3}") int size;
  @ConfigProperty(name = "mail.from") String from;
  @ConfigProperty(name = "mail.to") Optional<String> to;`;
  expect(names(body, { 'src/main/resources/application.yml': yaml })).toEqual(['DB_HOST', 'APP_APIKEY', 'MAIL_FROM']);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: HOCON's own
  const hocon = 'a { x = ${DB_URL}\n y = ${?OTHER}\n BASE = 1\n z = ${BASE} }\n';
  expect(names('', { 'src/main/resources/application.conf': hocon })).toEqual(['DB_URL']);
});

test('programs that are started', () => {
  const tools = (statement: string, inner = ''): readonly string[] =>
    accountFor(`void f() { ${statement}; }`, {}, inner).tools.map(({ name }) => name);
  expect(tools('new ProcessBuilder("ffmpeg", "-i", in).start()')).toEqual(['ffmpeg']);
  expect(tools('new ProcessBuilder(List.of("git", "log"))')).toEqual(['git']);
  expect(tools('Runtime.getRuntime().exec("git rev-parse HEAD")')).toEqual(['git']);
  expect(tools('Runtime.getRuntime().exec(new String[] {"/usr/bin/convert", in})')).toEqual(['convert']);
  expect(tools('Runtime.getRuntime().exec("cmd /c dir"); new ProcessBuilder(command)')).toEqual([]);
  expect(tools('statement.exec("select")')).toEqual([]);
  const tesseract =
    '<dependencies><dependency><groupId>net.sourceforge.tess4j</groupId><artifactId>tess4j</artifactId></dependency></dependencies>';
  expect(tools('', tesseract)).toEqual(['tesseract']);
});

test('text that is drawn, and locales', () => {
  const account = accountFor('void f() { java.awt.Font.createFont(0, in); NumberFormat.getInstance(Locale.GERMANY); }');
  expect([account.fonts?.name, account.locales]).toEqual(['fonts', true]);
  expect(accountFor('void f() { s.toLowerCase(Locale.ROOT); }').locales).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { detectIn, program } from './project.test.kit.ts';

const axum = '[dependencies]\naxum = "0.8"\n';
const portOf = (code: string, manifest = axum) => detectIn(program(manifest, { 'src/main.rs': code })).found.port;

describe('the port', () => {
  test.each([
    ['TcpListener::bind("0.0.0.0:3000").await', 3000],
    ['let l = TcpListener::bind(&"[::]:3001")', 3001],
    ['HttpServer::new(app).bind(("0.0.0.0", 8081))?', 8081],
    ['HttpServer::new(app)\n  .bind_auto_h2c("127.0.0.1:8082")?', 8082],
    ['let addr = SocketAddr::from(([0, 0, 0, 0], 8083));', 8083],
    ['SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8084)', 8084],
    ['warp::serve(r).run(([0, 0, 0, 0], 3030)).await', 3030],
    ['Server::http("0.0.0.0:9000")', 9000],
    ['const ADDR: &str = "0.0.0.0:9001";', 9001],
    ['pub const DEFAULT_PORT: u16 = 6379;', 6379],
    ['std::env::var("PORT").unwrap_or("8085".into())', 8085],
    ['env::var("HTTP_PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(8086)', 8086],
    ['#[arg(\n  long,\n  default_value = "8087",\n  env = "P")]\n  pub port: u16,', 8087],
    ['#[arg(long, default_value_t = 8088)]\n  http_port: u16,', 8088],
    ['#[builder(default = "3890")]\n  pub ldap_port: u16,', 3890],
    ['Arg::new("port").short(\'p\').default_value("8089")', 8089],
    ['fn default_port() -> u16 { 8090 }', 8090],
    ['let port = 8091;', 8091],
    ['// TcpListener::bind("0.0.0.0:1234")', undefined],
    ['#[cfg(test)]\nmod tests {\n  fn x() { TcpListener::bind("0.0.0.0:1234") }\n}\n', undefined],
    ['TcpListener::bind("127.0.0.1:0")', undefined],
    ['let timeout = 5000;', undefined],
    ['let viewport = 1024; let support: u16 = 2000;', undefined],
    ['#[clap(long, default_value_t = 1024, env = "MIN_PORT")]\n  min_port: u16,', undefined],
    ['#[clap(long, default_value_t = 1024)]\n  min_port: u16,\n}\nconst CONTROL_PORT: u16 = 7835;', 7835],
    ['const SUPPORTED: u16 = 2024;', undefined],
    ['TcpListener::bind("0.0.0.0:99999")', undefined],
  ])('%s → %s', (code, port) => {
    expect(portOf(code)).toBe(port);
  });

  test('the files of the binary come before those of its package and others', () => {
    const files = program(`${axum}[[bin]]\nname = "server"\npath = "src/bin/server.rs"\n`, {
      'src/main.rs': 'const PORT: u16 = 1111;',
      'src/lib.rs': 'const PORT: u16 = 2222;',
      'src/bin/server.rs': 'fn main() {}',
      'tests/a.rs': 'const PORT: u16 = 3333;',
    });
    expect(detectIn(files, { bin: 'server' }).found.port).toBe(2222);
  });

  test('configuration, then a Dockerfile of theirs, is the last resort', () => {
    const config = 'http:\n  port: 8000\ndatabase:\n  port: 5432\n';
    const files = program(axum, { 'config/default.yaml': config, Dockerfile: 'FROM x\nEXPOSE 9999\n' });
    expect(detectIn(files).found.port).toBe(8000);
    expect(detectIn(program(axum, { Dockerfile: 'FROM x\nEXPOSE 9999\n' })).found.port).toBe(9999);
  });

  test('means nothing for a program that does not listen', () => {
    expect(detectIn(program()).unused).toEqual(['port']);
    expect(detectIn(program(axum)).unused).toEqual([]);
    expect(detectIn(program('', { 'src/main.rs': 'std::net::TcpListener::bind(a)' })).unused).toEqual([]);
    expect(detectIn(program('', { 'src/main.rs': 'TcpListener::from_std(bound)?' })).unused).toEqual([]);
  });
});

describe('notes', () => {
  const notes = (code: string, manifest = axum) =>
    detectIn(program(manifest, { 'src/main.rs': code })).notes.map(({ place }) => `${place?.file}:${place?.line}`);
  const handler = '\nsignal(SignalKind::terminate())';

  test.each([
    ['TcpListener::bind("127.0.0.1:3000")', ['src/main.rs:1']],
    ['\nTcpListener::bind(&format!("127.0.0.1:{port}"))', ['src/main.rs:2']],
    ['HttpServer::new(x).bind(("127.0.0.1", 8080))', ['src/main.rs:1']],
    ['SocketAddr::from(([127, 0, 0, 1], 3000))', ['src/main.rs:1']],
    ['#[arg(long, default_value = "127.0.0.1")]\nhost: String', ['src/main.rs:1']],
    ['#[arg(long, default_value = "localhost", env = "BIND")]\n#[cfg(x)]\npub bind_to: String', ['src/main.rs:1']],
    ['#[arg(long, default_value = "localhost")]\n#[cfg(x)]\npub redirect_host: String,\npub host: String', []],
    ['TcpListener::bind("0.0.0.0:3000")', []],
    ['client.get("http://127.0.0.1:3000")', []],
  ])('loopback: %s', (code, expected) => {
    expect(notes(code + handler)).toEqual(expected);
  });

  test('SIGTERM: none, only SIGINT, and handled', () => {
    expect(notes('fn main() {}')).toEqual(['src/main.rs:undefined']);
    expect(notes('\ntokio::signal::ctrl_c().await')).toEqual(['src/main.rs:2']);
    expect(notes('signal_hook::consts::SIGTERM')).toEqual([]);
    const allocator = 'Cargo.toml:4'; // which is all there is to say
    expect(notes('', '[dependencies]\nactix-web = "4"\n')).toEqual([allocator]);
    expect(notes('', `${axum}ctrlc = { version = "3", features = ["termination"] }\n`)).toEqual([]);
  });

  test('a port that nothing names is called a guess', () => {
    const assumed = (code: string, manifest = axum) =>
      detectIn(program(manifest, { 'src/main.rs': code })).assumptions?.port;
    expect(assumed('\nTcpListener::bind(address)')).toMatchObject({ place: { file: 'src/main.rs', line: 2 } });
    expect(assumed('fn main() {}')?.message).toContain('8080 is assumed');
    expect(assumed('fn main() {}', '[dependencies]\nrocket = "0.5"\n')).toBeUndefined();
    expect(assumed('fn main() {}', '')).toBeUndefined();
  });

  test('what does not end on SIGTERM needs an init; a tool is ended by its end', () => {
    const needsInit = (code: string, manifest = axum) => detectIn(program(manifest, { 'src/main.rs': code })).needsInit;
    expect(needsInit('fn main() {}')).toBe(true);
    expect(needsInit(handler)).toBe(false);
    expect(needsInit('fn main() {}', '')).toBe(false);
  });
});

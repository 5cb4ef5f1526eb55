import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { packagesOf } from './packages.ts';
import { findService, type Service } from './serves.ts';

const listening = 'func main() { http.ListenAndServe(address, nil) }\n';

/** Looks at a program; each file is a package of its own below the module, and imported by main. */
function service(files: Readonly<Record<string, string>>): Service {
  const project = new Project(new MemoryTree(files));
  const packages = packagesOf(project, new Map([['example.com/a', '']]), ['']);
  return findService(project, packages);
}

const main = (...lines: readonly string[]): Service =>
  service({ 'main.go': `package main\n${lines.join('\n')}\n${listening}` });

describe('the port', () => {
  test.each([
    ['http.ListenAndServe', 'log.Fatal(http.ListenAndServe(":8081", nil))', 8081],
    ['a TLS server', 'http.ListenAndServeTLS("0.0.0.0:8443", "cert.pem", "key.pem", nil)', 8443],
    ['gin', 'r.Run(":9999")', 9999],
    ['echo', 'e.Logger.Fatal(e.Start(":1323"))', 1323],
    ['fiber', 'app.Listen(":3000")', 3000],
    ['an address to listen on, as a URL', 'DefaultListenClientURLs = "http://localhost:2379"', 2379],
    ["a server's own default, although many others connect to it", 'const DEFAULT_PORT = 4222', 4222],
    ['net.Listen', 'net.Listen("tcp", ":9000")', 9000],
    ['net.ListenConfig', 'lc.Listen(ctx, "tcp4", "[::]:9001")', 9001],
    ['a listener on a port that is usually of a database', 'net.Listen("tcp", ":6379")', 6379],
    ['http.Server', 'server := &http.Server{Addr: ":8082", Handler: mux}', 8082],
    ['flag.Int', 'port := flag.Int("port", 8083, "port to listen on, not 9090")', 8083],
    ['flag.StringVar', 'flag.StringVar(&address, "listen-address", ":8084", "where")', 8084],
    ['pflag', 'flags.StringVarP(&cfg.Addr, "addr", "a", "0.0.0.0:8085", "where")', 8085],
    ['cobra', 'cmd.Flags().IntP("http-port", "p", 8086, "where")', 8086],
    [
      'a flag with a variable as its default',
      'flag.StringVar(&p, "port", getEnv("APP_PORT_NUMBER", "80"), "where")',
      80,
    ],
    ['kingpin', 'addr = kingpin.Flag("web.listen-address", "Where.").Default(":9102").String()', 9102],
    ['exporter-toolkit', 'flags = kingpinflag.AddFlags(kingpin.CommandLine, ":9103")', 9103],
    ['viper', 'viper.SetDefault("server.port", 8087)', 8087],
    ['an environment variable', 'port := getEnv("PORT", "8088")', 8088],
    ['cmp.Or', 'addr := ":" + cmp.Or(os.Getenv("PORT"), "8089")', 8089],
    ['envconfig', '\tPort int `envconfig:"PORT" default:"8090"`', 8090],
    ['caarlos0/env', '\tListenAddr string `env:"ADDR" envDefault:":8091"`', 8091],
    ['cleanenv', '\tPort string `yaml:"port" env:"PORT" env-default:"8092"`', 8092],
    ['urfave/cli', 'cli.IntFlag{Name: "port", Value: 8093}', 8093],
    ['a constant', 'const defaultPort = "8094"', 8094],
    ['a typed constant', 'const port string = "8095"', 8095],
    ['a constant of two words', 'const corePort = 8098', 8098],
    ['an address in a variable', 'addr := ":8096"', 8096],
    ['a struct of settings', 'cfg := Config{Host: "", Port: 8097}', 8097],
  ])('of %s', (_, line, port) => {
    expect(main(line).port).toMatchObject({ port, file: 'main.go', line: 2 });
  });

  test.each([
    ['os.Getenv and a fallback', ['port := os.Getenv("PORT")', 'if port == "" {', '\tport = "8081"', '}'], 8081, 4],
    ['os.LookupEnv and a fallback', ['port, ok := os.LookupEnv("PORT")', 'if !ok {', '\tport = "8082"', '}'], 8082, 4],
    ['urfave/cli', ['&cli.StringFlag{', '\tName:  "listen",', '\tUsage: "where",', '\tValue: ":8083",', '},'], 8083, 5],
    ['kingpin', ['a.Flag("web.listen-address", "Where.").', '\tDefault("0.0.0.0:9090").String()'], 9090, 3],
    ['a table of settings', ['"LISTEN_ADDR": {', '\tvalues: []string{"0.0.0.0:8084"},', '},'], 8084, 3],
    ['the surest line', ['addr := ":9999"', 'http.ListenAndServe(":8085", nil)'], 8085, 3],
    ['users, not of operators', ['flag.Int("metrics-port", 9090, "")', 'viper.SetDefault("port", 8086)'], 8086, 3],
    ['operators, when there is no other', ['flag.Int("metrics-port", 9090, "")'], 9090, 2],
  ])('of %s', (_, lines, port, line) => {
    expect(main(...lines).port).toMatchObject({ port, line });
  });

  test.each([
    ['a database', 'flag.Int("db-port", 5499, "")'],
    ['what is captured', 'flag.IntVar(&c.VXLANPort, "input-raw-vxlan-port", 4790, "")'],
    ['a usual port of a database', 'port := 5432'],
    ['Redis', 'redis.NewClient(&redis.Options{Addr: "localhost:6379"})'],
    ['a mail server', 'viper.SetDefault("smtp.port", 2525)'],
    ['another host', 'addr := "api.example.com:8081"'],
    ['an address by number', 'addr := "10.0.0.7:8081"'],
    ['a URL', 'address := "http://localhost:8081"'],
    ['a comment', '// addr := ":8081"'],
    ['a comment at the end', 'start() // http.ListenAndServe(":8081", nil)'],
    ['a block comment', '/*\naddr := ":8081"\n*/'],
    ['port 0', 'net.Listen("tcp", "127.0.0.1:0")'],
    ['a number too large', 'const port = 99999'],
    ['a report', 'const report = 2024'],
    ['an export', 'getEnv("EXPORT_ROWS", "5000")'],
    ['a transport', 'flag.Int("transport-buffer", 4096, "")'],
    ['a duration', 'timeout := 8081'],
    ['an environment variable of a database', 'getEnv("POSTGRES_PORT", "5499")'],
    ['cobra', 'root.Run()'],
  ])('is not that of %s', (_, line) => expect(main(line).port).toBeUndefined());

  test("is gin's own, when r.Run() names none", () => {
    const text = 'package main\nimport "github.com/gin-gonic/gin"\nfunc main() { r := gin.Default()\nr.Run()\n}\n';
    expect(service({ 'main.go': text }).port).toMatchObject({ port: 8080, line: 4 });
  });

  test('is looked for in the packages of the program, and only there', () => {
    const files = {
      'main.go': `package main\nimport "example.com/a/server"\n${listening}`,
      'server/server.go': 'package server\nfunc Run() { http.ListenAndServe(":8081", nil) }\n',
      'other/other.go': 'package other\nfunc Run() { http.ListenAndServe(":9999", nil) }\n',
      'server/server_test.go': 'package server\nfunc Test() { http.ListenAndServe(":9998", nil) }\n',
      'server/server_windows.go': 'package server\nfunc Win() { http.ListenAndServe(":9997", nil) }\n',
    };
    expect(service(files).port).toMatchObject({ port: 8081, file: 'server/server.go', line: 2 });
  });

  test('is taken from a general word only near the program', () => {
    const files = (folder: string) => ({
      'main.go': `package main\nimport "example.com/a/${folder}"\n${listening}`,
      [`${folder}/x.go`]: 'package x\nconst port = "8081"\n',
    });
    expect(service(files('internal/config')).port?.port).toBe(8081);
    expect(service(files('internal/fetcher')).port).toBeUndefined();
  });

  test('is what a Dockerfile of the user exposes, when the sources are silent', () => {
    const files = { 'main.go': `package main\n${listening}`, Dockerfile: 'FROM golang\nEXPOSE 8081/tcp\n' };
    expect(service(files).port).toEqual({ port: 8081, file: 'Dockerfile', line: 2 });
  });
});

describe('notes', () => {
  test('loopback reaches nobody', () => {
    const { notes } = main('flag.String("listen", "127.0.0.1:8081", "where")');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.message).toContain('loopback');
    expect(notes[0]?.place).toEqual({ file: 'main.go', line: 2 });
  });

  test('a low port needs a word', () => {
    expect(main('addr := ":80"').notes[0]?.message).toContain('Port 80 is below 1024');
    expect(main('addr := ":1024"').notes).toEqual([]);
  });
});

test('a program that does not listen has no port', () => {
  const files = { 'main.go': 'package main\nconst port = 8081\nfunc main() { http.Get(url) }\n' };
  expect(service(files)).toEqual({ serves: undefined, port: undefined, udp: [], notes: [] });
});

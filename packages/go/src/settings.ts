/** An idiom that names the port a program listens on. Group 1 is the number. */
export interface PortIdiom {
  readonly pattern: RegExp;
  /** For an idiom that leaves the number out. */
  readonly port?: number;
  /** Counts only in files that import this. */
  readonly imports?: string;
  /** The line itself listens, so that the number needs no second look. */
  readonly listens?: true;
  /** Too general to be looked for in every package: only in the program's own and in those for settings and servers. */
  readonly near?: true;
}

/** Hosts of an address that is listened on. Any other host is somebody else's, which the program connects to. */
const host = String.raw`(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]|\*)?`;
/** `":8080"`, `"127.0.0.1:8080"`. */
const address = String.raw`"${host}:(\d{2,5})"`;
/** The same, or a bare `8080` or `"8080"`. */
const value = String.raw`"?(?:${host}:)?(\d{2,5})(?![\w.:])"?`;
/** A word of something that is listened on: in `httpPort` and `HTTP_PORT`, but not in `report` or `EXPORT`. */
const word = '(?:(?<![A-Za-z])port|Port|(?<![A-Z])PORT|[aA]ddr|ADDR|[lL]isten|LISTEN|[bB]ind|BIND)';
/** A setting's name: `port`, `web.listen-address`, `HTTP_ADDR`. Bounded, so that no text takes long to look through. */
const name = String.raw`[\w.-]{0,60}${word}[\w.-]{0,60}`;

const idiom = (source: string): RegExp => new RegExp(source, 'g');

/** The surest first. */
export const portIdioms: readonly PortIdiom[] = [
  // http.ListenAndServe(":8080", nil); gin r.Run(":8080"); echo e.Start(":1323"); fiber app.Listen(":3000")
  { pattern: idiom(String.raw`(?:ListenAndServe|\.Run|\.Start|\.Listen)(?:TLS)?\(\s*${address}`), listens: true },
  // net.Listen("tcp", ":9000"); tls.Listen("tcp", …); lc.Listen(ctx, "tcp", …)
  { pattern: idiom(String.raw`\.Listen\((?:\w+,\s*)?"tcp[46]?",\s*${address}`), listens: true },
  // etcd: DefaultListenClientURLs = "http://localhost:2379"
  {
    pattern: idiom(String.raw`\b\w{0,40}Listen(?!\w{0,40}Peer)\w{0,40}\s*:?=\s*"https?://${host}:(\d{2,5})"`),
    listens: true,
  },
  // gin's r.Run() without an address (https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run)
  { pattern: /\b\w+\.Run\(\)/g, port: 8080, imports: 'github.com/gin-gonic/gin' },
  // &http.Server{Addr: ":8080"}; the struct of a client looks alike, but names a host
  { pattern: idiom(String.raw`\bAddr:\s*"(?:0\.0\.0\.0|\[::\])?:(\d{2,5})"`) },
  // flag.Int("port", 8080, …); pflag.StringVarP(&addr, "listen", "l", ":8080", …); cobra's cmd.Flags().IntP(…)
  {
    pattern: idiom(
      String.raw`\.(?:String|(?:Int|Uint)(?:16|32|64)?)(?:Var)?P?\(\s*(?:&?[\w.]+,\s*)?"${name}",\s*(?:"\w?",\s*)?${value}`,
    ),
  },
  // kingpin.Flag("web.listen-address", "…").Default(":9102")
  { pattern: idiom(String.raw`\bFlag\(\s*"${name}",[^\n]*\.\s*Default\(${value}\)`) },
  // exporter-toolkit: kingpinflag.AddFlags(kingpin.CommandLine, ":9102")
  { pattern: idiom(String.raw`\bAddFlags\([^,\n]+,\s*${address}`) },
  // urfave/cli: &cli.IntFlag{Name: "port", Value: 8080}, on one line or several
  { pattern: idiom(String.raw`Flag\{\s*Name:\s*"${name}",[^{}]{0,200}?\bValue:\s*${value}`) },
  // viper.SetDefault("server.port", 8080)
  { pattern: idiom(String.raw`\bSetDefault\(\s*"${name}",\s*${value}`) },
  // getEnv("PORT", "8080"); cmp.Or(os.Getenv("PORT"), "8080"); StringVar(&p, "port", getEnv("PORT_NUMBER", "80"), …)
  { pattern: idiom(String.raw`[eE]nv\w*\(\s*"${name}"\s*\)?,\s*${value}`) },
  // port := os.Getenv("PORT"); if port == "" { port = "8080" }
  { pattern: idiom(String.raw`env\(\s*"${name}"\s*\)[^"]{0,80}""\s*\{\s*[\w.]+\s*:?=\s*${value}`) },
  // port, ok := os.LookupEnv("PORT"); if !ok { port = "8080" }
  { pattern: idiom(String.raw`LookupEnv\(\s*"${name}"\s*\)[^"]{0,80}\{\s*[\w.]+\s*:?=\s*${value}`) },
  // struct tags: Port int `envconfig:"PORT" default:"8080"`; caarlos0's envDefault, cleanenv's env-default, kong's default
  { pattern: idiom(String.raw`\b\w{0,60}${word}\w{0,60}\s+[\w.*]+\s+${'`'}[^${'`'}\n]*[dD]efault:${value}`) },
  // a table of settings: "LISTEN_ADDR": {value: "127.0.0.1:8080"}
  { pattern: idiom(String.raw`"${name}":\s*\{[^{}]{0,160}?\{?${address}`) },
  // const defaultPort = "8080"; addr := ":8080"; Config{Port: 8080}
  {
    pattern: idiom(String.raw`(?<![\w-])[\w.]{0,60}${word}(?:ess)?(?:\s+(?:string|u?int\d*))?\s*(?::|:?=)\s*${value}`),
    near: true,
  },
];

/** Ports that a program connects to: proxies, mail, LDAP, databases, queues, tracing, overlays. Few images listen on them. */
export const clientPorts: ReadonlySet<number> = new Set([
  22, 25, 389, 465, 514, 587, 636, 993, 1080, 1433, 1521, 2181, 2379, 3128, 3306, 4222, 4317, 4318, 4789, 5432, 5433,
  5671, 5672, 5775, 6379, 6380, 6831, 8125, 9042, 9092, 9200, 9411, 11211, 14268, 26257, 27017,
]);

/** Settings whose port is the program's own, even where many others connect to it. */
export const ownSettings = /^DEFAULT_?PORT\b/i;

/** Settings whose port is of a service that the program uses. */
export const clientSettings =
  /db|database|sql|postgres|mongo|redis|memcache|elastic|influx|etcd|consul|vault|nats|kafka|amqp|rabbit|smtp|mail|ldap|upstream|backend|target|remote|relay|peer|statsd|graphite|syslog|jaeger|otlp|collector|vxlan|capture/i;

/** Settings whose port is for operators; it counts only when there is no other. */
export const operatorSettings = /metrics|prometheus|pprof|debug|health|admin|probe/i;

/** Folders where settings and servers usually are. */
export const nearFolders = /(^|\/)(app|api|cli|cmd|conf|config|configs|server|http|web|settings|options)$/;

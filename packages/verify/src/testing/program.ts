/**
 * For tests: a server of a few lines that can be told to misbehave, so that each fixture is wrong in one way only.
 * It speaks just enough HTTP to say 200, since net/http would take most of a cold test's time to compile.
 */
export const program = `package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func main() {
	exit := flag.Bool("exit", false, "")
	deaf := flag.Bool("deaf", false, "")
	mute := flag.Bool("mute", false, "")
	write := flag.String("write", "", "")
	read := flag.String("read", "", "")
	chown := flag.String("chown", "", "")
	zone := flag.String("zone", "", "")
	flag.Parse()
	if *exit {
		must(fmt.Errorf("DATABASE_URL is not set"))
	}
	if *write != "" {
		must(os.WriteFile(*write, []byte("x"), 0o600))
	}
	if *read != "" {
		_, err := os.ReadFile(*read)
		must(err)
	}
	if *chown != "" {
		must(os.WriteFile(*chown, []byte("x"), 0o600))
		must(os.Chown(*chown, 1, 1))
	}
	if *zone != "" {
		_, err := time.LoadLocation(*zone)
		must(err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		for range signals {
			if !*deaf {
				os.Exit(0)
			}
		}
	}()
	if *mute {
		select {}
	}
	listener, err := net.Listen("tcp", ":8080")
	must(err)
	for {
		connection, err := listener.Accept()
		must(err)
		go func() {
			defer connection.Close()
			connection.Read(make([]byte, 4096))
			fmt.Fprint(connection, "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok")
		}()
	}
}
`;

/** The image that fixtures take their parts from. */
export const partsDockerfile = `FROM golang:1.27-alpine3.24 AS build
WORKDIR /src
COPY main.go go.mod ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/app .
FROM scratch
COPY --from=build /out/ /
COPY --from=build /etc/ssl/certs/ca-certificates.crt /roots.crt
`;

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { baseImage, DiskTree, product, scaffold } from '@msb/core';
import { build, type Container, docker, finish, hasDocker, remove, start } from '@msb/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { go } from './index.ts';

/** A host that hands its one module to nobody without a password, as https://go.dev/ref/mod#vcs-find describes it. */
const server = String.raw`package main

import (
	"archive/zip"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log"
	"math/big"
	"net/http"
	"os"
	"time"
)

const mod = "module git.acme.test/lib\n\ngo 1.26\n"

func archive() []byte {
	var buffer bytes.Buffer
	out := zip.NewWriter(&buffer)
	for name, text := range map[string]string{"go.mod": mod, "lib.go": "package lib\n\nconst Word = \"opened\"\n"} {
		file, _ := out.Create("git.acme.test/lib@v1.0.0/" + name)
		file.Write([]byte(text))
	}
	out.Close()
	return buffer.Bytes()
}

func main() {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	about := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"git.acme.test"}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	pem.Encode(os.Stdout, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	pages := map[string][]byte{
		"/lib":                  []byte("<meta name='go-import' content='git.acme.test/lib mod https://git.acme.test/proxy'>"),
		"/proxy/git.acme.test/lib/@v/v1.0.0.info": []byte("{\"Version\": \"v1.0.0\"}"),
		"/proxy/git.acme.test/lib/@v/v1.0.0.mod":  []byte(mod),
		"/proxy/git.acme.test/lib/@v/v1.0.0.zip":  archive(),
	}
	listener, err := tls.Listen("tcp", ":443", &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, known := pages[r.URL.Path]
		if user, password, _ := r.BasicAuth(); user != "builder" || password != "open-sesame" {
			http.Error(w, "who are you?", http.StatusUnauthorized)
		} else if !known {
			http.NotFound(w, r)
		} else {
			w.Write(page)
		}
	})))
}
`;

const image = baseImage('golang', product('golang').default, 'alpine');
const serverDockerfile = `FROM ${image}
COPY server.go /
RUN --mount=type=cache,id=go-build,target=/root/.cache/go-build CGO_ENABLED=0 go build -trimpath -o /server /server.go
ENTRYPOINT ["/server"]
`;
const program = `package main

import (
	"fmt"

	"git.acme.test/lib"
)

func main() {
	fmt.Println(lib.Word)
}
`;

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

describe.skipIf(!(await hasDocker()))('go private modules', () => {
  const tags = ['msb-test/go-private', 'msb-test/go-private-build', 'msb-test/go-private-host'] as const;
  const [tag, buildTag, hostTag] = tags;
  const host = folderWith({ 'server.go': server, Dockerfile: serverDockerfile });
  const folder = folderWith({
    'go.mod': 'module example.com/shop\n\ngo 1.26\n\nrequire git.acme.test/lib v1.0.0\n',
    'main.go': program,
  });
  const secrets = folderWith({ netrc: 'machine git.acme.test login builder password open-sesame\n' });
  let container: Container | undefined;
  let args: readonly string[] = [];

  beforeAll(async () => {
    await build(host, hostTag);
    container = await start(hostTag, {});
    const tree = new DiskTree(folder);
    scaffold({ tree, ecosystems: [go], options: { runtime: 'scratch', private: 'git.acme.test' } });
    tree.flush();
    writeFileSync(join(folder, 'trusted.txt'), await certificate(container));
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8')
      .replace(/^RUN apk add --no-cache git$/m, '$&\nCOPY trusted.txt /\nENV SSL_CERT_FILE=/trusted.txt')
      // without a cache both steps have to download; the certificate is another one each time, so they do run
      .replaceAll('type=cache,id=go-mod,target=', 'type=tmpfs,target=');
    writeFileSync(join(folder, 'Dockerfile'), text);
    args = ['--add-host', `git.acme.test:${container.address}`];
  }, 300_000);

  afterAll(async () => {
    if (container) await remove(container);
    for (const path of [host, folder, secrets]) rmSync(path, { recursive: true, force: true });
    await docker('image', 'rm', '--force', ...tags).catch(() => undefined);
  });

  test('open with a .netrc, which is in no layer', { timeout: 300_000 }, async () => {
    const secret = ['--secret', `id=netrc,src=${join(secrets, 'netrc')}`];
    await build(folder, tag, ...args, ...secret);
    const ran = await start(tag, {});
    expect((await finish(ran)).output).toBe('opened\n');
    await remove(ran);
    await build(folder, buildTag, ...args, ...secret, '--target', 'build');
    expect(await docker('history', '--no-trunc', buildTag)).not.toContain('sesame');
    const search = 'test ! -s /root/.netrc && ! grep -rls open-sesame /root /src /out /go /etc /tmp /var';
    expect(await docker('run', '--rm', buildTag, 'sh', '-c', search)).toBe('');
  });

  test('stay closed without it, and the build says what is missing', { timeout: 300_000 }, async () => {
    const again = build(folder, tag, ...args, '--no-cache-filter', 'deps');
    await expect(again).rejects.toThrow(/secret netrc: not found/);
  });
});

/** The certificate that the host prints when it starts. */
async function certificate({ id }: Container): Promise<string> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(100)) {
    const text = await docker('logs', id);
    if (text.includes('END CERTIFICATE')) return text;
  }
  throw new Error(`no certificate: ${await docker('logs', id)}`);
}

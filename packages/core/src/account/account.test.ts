import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkDockerfile } from '../check/check.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { inspect } from '../inspect.ts';
import type { BuildPlan } from '../plan.ts';
import { type Proposal, propose } from '../propose.ts';
import { apply, nextCommands } from '../scaffold.ts';
import { fakeDetection, fakeManifest, fakePlan, fakeTemplates } from '../testing/fake.ts';
import { MemoryTree } from '../tree/memory.ts';
import type { Read } from './access.ts';
import { placesInImage, unreached } from './prove.ts';
import { accountText } from './text.ts';

const project = {
  'fake.json': '',
  'README.md': 'hello',
  'prompts/hello.md': 'hello',
  'prompts/deep/more.md': 'more',
  'data/words one.txt': 'words',
  'out/made.txt': '',
  'conf/tls.pem': '-----BEGIN PRIVATE KEY-----',
  'conf/ca.pem': 'CERTIFICATE',
  'conf/$x.txt': '',
  '.env': 'TOKEN=1',
  '.env.example': 'TOKEN=',
};

const templates = mkdtempSync(join(tmpdir(), 'msb-account-'));
for (const [name, text] of Object.entries(fakeTemplates)) writeFileSync(join(templates, name), text);
afterAll(() => rmSync(templates, { recursive: true }));

type Known = Partial<
  Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools' | 'runtime' | 'others' | 'images' | 'stages'>
>;

function proposed(change: (plan: BuildPlan) => Known, options = {}, files: Record<string, string> = project): Proposal {
  const detect = () => fakeDetection({ plan: (all) => ({ ...fakePlan(all), ...change(fakePlan(all)) }) });
  const ecosystem = { manifest: fakeManifest({ runtimes: ['alpine', 'scratch', 'slim'] }), folder: templates, detect };
  return propose(
    inspect({ tree: new MemoryTree(files), ecosystems: [ecosystem], options: { runtime: 'alpine', ...options } }),
  );
}

const reading = (...reads: readonly Read[]): Proposal => proposed(() => ({ reads }));
const textOf = ({ files }: Proposal, path = 'Dockerfile'): string =>
  files.find((file) => file.path === path)?.text ?? '';
const lastOf = (proposal: Proposal): readonly string[] =>
  (parseDockerfile(textOf(proposal)).stages.at(-1)?.instructions ?? []).map(
    ({ keyword, args }) => `${keyword} ${args}`,
  );

describe('a file that the program reads', () => {
  test.each([
    ['prompts', 'COPY prompts /app/prompts', 'added'],
    ['prompts/hello.md', 'COPY prompts/hello.md /app/prompts/hello.md', 'added'],
    ['prompts/**/*.md', 'COPY prompts/deep/more.md /app/prompts/deep/more.md', 'added'],
    ['README.md', 'COPY README.md /app/README.md', 'added'],
    ['data/words one.txt', 'COPY ["data/words one.txt", "/app/data/words one.txt"]', 'added'],
    ['conf/ca.pem', 'COPY conf/ca.pem /app/conf/ca.pem', 'added'],
    ['.env.example', 'COPY .env.example /app/.env.example', 'added'],
    ['out/made.txt', 'COPY out/made.txt /app/out/made.txt', 'added'],
  ])('%s is copied to where the program starts, past the ignore file', (path, line, outcome) => {
    const proposal = reading({ path, when: 'run' });
    expect(proposal.account.reads[0]?.outcome).toBe(outcome);
    expect(lastOf(proposal)).toContain(line);
    expect(lastOf(proposal)).toContain('WORKDIR /app');
    expect(apply(proposal).findings).toEqual([]);
  });

  test('is not copied twice: what the plan brings counts', () => {
    const proposal = proposed(({ runtime }) => ({
      runtime: {
        ...runtime,
        workdir: '/srv',
        artifacts: [...runtime.artifacts, { src: 'prompts', dest: './prompts' }],
      },
      reads: [{ path: 'prompts/hello.md', when: 'run' }],
    }));
    expect(proposal.account.reads).toMatchObject([{ outcome: 'image', at: '/srv/prompts/hello.md' }]);
    expect(lastOf(proposal).filter((line) => line.startsWith('COPY'))).toHaveLength(2);
  });

  test('lies where the program looks for it', () => {
    const proposal = reading({ path: 'prompts', when: 'run', at: '/etc/prompts' });
    expect(lastOf(proposal)).toContain('COPY prompts /etc/prompts');
    expect(placesInImage(proposal.account, proposal.inspection.project)).toEqual([
      '/etc/prompts/deep/more.md',
      '/etc/prompts/hello.md',
    ]);
  });

  test.each([
    ['conf/tls.pem', 'secret', /conf\/tls\.pem, which looks like a secret/],
    ['.env', 'secret', /looks like a secret/],
    ['nowhere.txt', 'missing', /nowhere\.txt, which isn't in the repository/],
    ['../outside.txt', 'missing', /isn't in the repository/],
    ['conf/$x.txt', 'unnamed', /a name that a Dockerfile can't have/],
  ])('%s is %s, and that is said', (path, outcome, said) => {
    const proposal = reading({ path, when: 'run', place: { file: 'main.fake', line: 3 } });
    expect(proposal.account.reads[0]?.outcome).toBe(outcome);
    expect(proposal.notes.map(({ message }) => message).join()).toMatch(said);
    expect(proposal.notes[0]?.place).toEqual({ file: 'main.fake', line: 3 });
    expect(lastOf(proposal).filter((line) => line.startsWith('COPY'))).toHaveLength(1);
  });

  test('of a folder, its secrets stay out', () => {
    expect(textOf(reading({ path: 'conf', when: 'run' }), '.dockerignore')).toMatch(/!conf\/ca\.pem/);
    expect(textOf(reading({ path: 'conf', when: 'run' }), '.dockerignore')).not.toMatch(/!conf\/tls\.pem/);
  });

  test('is named by --include, in every ecosystem', () => {
    expect(lastOf(proposed(() => ({}), { include: 'prompts' }))).toContain('COPY prompts /app/prompts');
  });

  test('of one image of several, is in that alone', () => {
    const proposal = proposed(({ runtime }) => ({
      others: [{ ...runtime, target: 'worker' }],
      reads: [{ path: 'prompts', when: 'run', target: 'worker' }],
    }));
    const [worker, plain] = parseDockerfile(textOf(proposal)).stages.slice(-2);
    expect(worker?.instructions.map(({ args }) => args)).toContain('prompts /app/prompts');
    expect(plain?.instructions.map(({ args }) => args)).not.toContain('prompts /app/prompts');
  });
});

test('what only the build reads gets past the ignore file, and is copied nowhere', () => {
  const proposal = reading({ path: 'README.md', when: 'build' }, { path: 'nowhere/*.proto', when: 'build' });
  expect(textOf(proposal, '.dockerignore')).not.toMatch(/README/);
  expect(lastOf(proposal).filter((line) => line.startsWith('COPY'))).toHaveLength(1);
  expect(proposal.notes[0]?.message).toMatch(/^The build reads nowhere\/\*\.proto, which isn't/);
});

describe('final files that somebody edited', () => {
  const proposal = reading({ path: 'prompts', when: 'run' }, { path: 'README.md', when: 'build' });
  const context = {
    project: proposal.inspection.project,
    needs: [],
    account: proposal.account,
    of: proposal.inspection.project,
  };
  const [dockerfile, dockerignore] = [textOf(proposal), textOf(proposal, '.dockerignore')];
  const found = (text: string, ignore: string) =>
    checkDockerfile(text, { ...context, dockerignore: ignore }).filter(({ rule }) => rule === 'UnreachedRead');

  test('are fine as they were', () => expect(found(dockerfile, dockerignore)).toEqual([]));
  test('lack what a removed COPY brought', () => {
    expect(found(dockerfile.replace(/^COPY.*prompts.*\n/m, ''), dockerignore)).toMatchObject([
      { message: expect.stringMatching(/^Your app reads prompts\/.*isn't at \/app\/prompts in the image/) },
    ]);
  });
  test('lack what a new pattern drops', () => {
    expect(found(dockerfile, `${dockerignore}*.md\n`)).toMatchObject([
      { message: expect.stringMatching(/README\.md/) },
    ]);
    const all = { dockerfile, dockerignore: `${dockerignore}**/*.md\n` };
    expect(unreached(proposal.account, proposal.inspection.project, all)).toHaveLength(3);
  });
});

describe('what the program writes', () => {
  const writing = (...writes: readonly { path: string; kind: 'file' | 'folder' }[]): Proposal =>
    proposed(() => ({ writes }));

  test('alone, the program starts in its volume', () => {
    const proposal = writing({ path: 'app.db', kind: 'file' });
    expect(lastOf(proposal).slice(-5)).toEqual([
      'USER 65532:65532',
      'WORKDIR /data',
      'VOLUME /data',
      'EXPOSE 8080',
      'ENTRYPOINT ["/app"]',
    ]);
    expect(nextCommands(proposal)[1]).toContain('-v app-data:/data');
    expect(proposal.notes[0]?.message).toBe('Your app writes app.db: /data is a volume that its user owns');
  });

  test('two volumes of one name are told apart in the printed command', () => {
    const proposal = proposed(({ runtime }) => ({
      runtime: { ...runtime, workdir: '/srv' },
      writes: [
        { path: 'app.db', kind: 'file' },
        { path: 'data', kind: 'folder' },
      ],
    }));
    expect(nextCommands(proposal)[1]).toContain('-v app-data:/data -v app-srv-data:/srv/data');
    expect(proposal.notes[0]?.hint).toContain('-v app-data:/data -v app-srv-data:/srv/data');
  });

  test('among files that ship, a folder is a volume and a file a link into one', () => {
    const proposal = proposed(({ runtime }) => ({
      runtime: { ...runtime, workdir: '/srv' },
      writes: [
        { path: 'app.db', kind: 'file' },
        { path: './uploads', kind: 'folder' },
        { path: 'uploads/index.json', kind: 'file' },
        { path: '/tmp/cache', kind: 'folder' },
      ],
    }));
    const text = textOf(proposal);
    expect(text).toMatch(
      /FROM toolchain AS links\nRUN mkdir -p \/links\/srv && \\\n {4}ln -s \/data\/app\.db \/links\/srv\/app\.db\n/,
    );
    expect(text).toMatch(
      /USER 65532:65532\n#.*\nWORKDIR \/data\nWORKDIR \/srv\/uploads\nWORKDIR \/srv\nVOLUME \["\/data", "\/srv\/uploads"\]\n/,
    );
    expect(proposal.account.writes.map(({ keep }) => keep)).toEqual([
      '/data',
      '/srv/uploads',
      '/srv/uploads',
      undefined,
    ]);
    expect(apply(proposal).findings).toEqual([]);
  });

  test('links are made on Alpine where nothing is built and the base has no shell', () => {
    const proposal = proposed(({ runtime }) => ({
      images: [],
      stages: [],
      runtime: {
        ...runtime,
        family: 'distroless',
        image: 'base:1',
        workdir: '/srv',
        artifacts: [{ src: '.', dest: './' }],
      },
      writes: [{ path: 'app.db', kind: 'file' }],
    }));
    expect(textOf(proposal)).toMatch(/FROM --platform=\$BUILDPLATFORM alpine:\S+ AS links\n/);
  });

  test('and that lies in the repository is what a new volume starts with', () => {
    const proposal = proposed(() => ({
      reads: ['README.md', 'data/words one.txt', 'prompts'].map((path) => ({ path, when: 'run' }) as const),
      writes: [
        { path: 'README.md', kind: 'file' },
        { path: 'data', kind: 'folder' },
      ],
    }));
    const text = textOf(proposal);
    expect(text).toContain('\nCOPY --link --chown=65532:65532 README.md /data/README.md\n');
    expect(text).toContain('\nCOPY --link --chown=65532:65532 ["data/words one.txt", "/app/data/words one.txt"]\n');
    expect(text).toContain('\nCOPY --link prompts /app/prompts\n');
    expect(lastOf(proposal)).toContain('VOLUME ["/app/data", "/data"]');
    expect(proposal.account.reads.map(({ at }) => at)).toEqual([
      '/data/README.md',
      '/app/data/words one.txt',
      '/app/prompts',
    ]);
    expect(apply(proposal).findings).toEqual([]);
  });
});

describe('a program that ships as a whole folder', () => {
  const files = { 'fake.json': '', 'app/main.py': '', 'uploads/.gitkeep': '', 'data/seed.json': '', 'state.json': '' };
  const writing = (path: string, kind: 'file' | 'folder', workdir = '/srv'): Proposal => {
    const whole = ({ runtime }: BuildPlan): Known => ({
      runtime: { ...runtime, workdir, artifacts: [{ src: '.', dest: '/srv' }] },
      writes: [{ path, kind }],
    });
    return proposed(whole, {}, files);
  };

  test.each([
    ['uploads', 'folder', '/srv/uploads', 'COPY uploads /srv/uploads'],
    ['uploads/index.json', 'file', '/srv/uploads', 'COPY uploads /srv/uploads'],
    ['data', 'folder', '/srv/data', 'COPY data /srv/data'],
    ['state.json', 'file', '/data', 'COPY state.json /data/state.json'],
  ] as const)(
    '%s: a volume starts with what the repository has, which belongs to the user',
    (path, kind, keep, line) => {
      const proposal = writing(path, kind);
      expect(proposal.account.writes).toMatchObject([{ keep }]);
      expect(lastOf(proposal)).toContain(line);
      expect(textOf(proposal)).toContain(line.replace('COPY', 'COPY --link --chown=65532:65532'));
      const apart = new RegExp(`--exclude=${keep.slice(5)} \\\\\n +\\. /srv\n`);
      if (keep !== '/data') expect(textOf(proposal)).toMatch(apart);
    },
  );

  test('started in a folder of the project, too', () => {
    const proposal = writing('../uploads', 'folder', '/srv/app');
    expect(lastOf(proposal)).toContain('COPY uploads /srv/uploads');
  });

  test('a folder that holds the program stays read-only, and that is said', () => {
    const proposal = writing('.', 'folder');
    expect(proposal.plan.runtime.volumes).toBeUndefined();
    expect(proposal.notes.map(({ message }) => message).join()).toMatch(
      /writes to \. among its own files, which are read-only/,
    );
  });

  test.each([
    ['app/app.db', '/data/app.db'],
    ['data/app.db', '/data/app.db'],
  ])('%s: a file among files that ship is a link, as a volume would hide the next image', (path, to) => {
    const proposal = writing(path, 'file');
    expect(textOf(proposal)).toContain(`ln -s ${to} /links/srv/${path}`);
    expect(lastOf(proposal)).toContain('VOLUME /data');
  });
});

test('settings are one note, and words of the command', () => {
  const proposal = proposed(() => ({ settings: [{ name: 'API_KEY' }, { name: 'DATABASE_URL' }] }));
  expect(proposal.notes.map(({ message }) => message)).toEqual(['Your app needs API_KEY and DATABASE_URL to start']);
  expect(nextCommands(proposal)[1]).toMatch(/ -e API_KEY=… -e DATABASE_URL=… app$/);
});

describe('what the base lacks', () => {
  const tools = [{ name: 'ffmpeg' }, { name: 'locale:de_DE.UTF-8' }, { name: 'nobody-knows' }];
  test('is added where it can be', () => {
    expect(textOf(proposed(() => ({ tools: [{ name: 'pg_dump' }] })))).toMatch(
      /# runtime-tools adds what the program uses besides: pg_dump\nFROM runtime-base AS runtime-tools\nRUN apk add --no-cache postgresql-client\n/,
    );
    const onSlim = proposed(({ runtime }) => ({
      tools,
      runtime: { ...runtime, family: 'slim', image: 'debian:13-slim' },
    }));
    expect(textOf(onSlim)).toMatch(
      /install -y --no-install-recommends ffmpeg locales\nlocaledef -i de_DE -f UTF-8 de_DE.UTF-8\n/,
    );
    expect(textOf(onSlim)).toMatch(/FROM runtime-tools AS runtime\n/);
    expect(onSlim.notes).toEqual([]);
  });
  test('is said elsewhere, with the base that has it', () => {
    expect(proposed(() => ({ tools })).notes).toMatchObject([
      {
        message: "Your app uses the locale de_DE.UTF-8, which alpine doesn't have",
        hint: expect.stringMatching(/--runtime slim/),
      },
    ]);
  });
});

test('the account reads as a table', () => {
  const { account } = proposed(() => ({
    reads: [{ path: 'prompts', when: 'run', place: { file: 'main.fake', line: 3 } }],
    writes: [{ path: 'app.db', kind: 'file' }],
    settings: [{ name: 'API_KEY' }],
  }));
  expect(accountText(account)).toBe(
    `  reads prompts  run  main.fake:3  copied into the image: /app/prompts
  writes app.db  run               /data
  needs API_KEY  run               set it: docker run -e
  Not listed: a path that the code makes when it runs. Name its file or folder with --include.
`,
  );
});

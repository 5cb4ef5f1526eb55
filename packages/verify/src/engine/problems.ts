import { type ErrorCode, MsbError } from '@msb/core';

/** A way in which engines fail, known by what they print. */
interface Problem {
  readonly sign: RegExp;
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

const problems: readonly Problem[] = [
  {
    sign: /permission denied while trying to connect|dial unix [^\n]*: connect: permission denied|Got permission denied/i,
    code: 'no-engine',
    message: 'You may not use the socket of the Docker engine',
    hint: 'Add yourself to its group (sudo usermod -aG docker $USER) and log in again, or use rootless Docker or Podman.',
  },
  {
    sign: /Cannot connect to the Docker daemon|Is the docker daemon running|failed to connect to the docker API|error during connect/i,
    code: 'no-engine',
    message: 'The Docker engine does not answer',
    hint: 'Start Docker, or say where it is with DOCKER_HOST or docker context use.',
  },
  {
    sign: /cannot access containerd socket/i,
    code: 'no-engine',
    message: 'containerd does not answer',
    hint: 'Start it; rootless: containerd-rootless-setuptool.sh install.',
  },
  {
    sign: /buildctl. needs to be installed and .buildkitd. needs to be running/i,
    code: 'no-engine',
    message: 'nerdctl builds with BuildKit, which is not there, or is not started',
    hint: 'Start buildkitd, and have buildctl on the PATH (https://github.com/moby/buildkit).',
  },
  {
    sign: /unknown flag: --(load|progress|call)|unknown flag --progress|BuildKit is enabled but the buildx component is missing|requires BuildKit|legacy builder|invalid progress mode|unsupported progress|client version \S+ is too (old|new)/i,
    code: 'no-engine',
    message: 'This Docker has no BuildKit, or one that is too old',
    hint: 'Update Docker to 23 or newer, with its buildx plugin 0.17 or newer.',
  },
  {
    sign: /no space left on device|disk quota exceeded/i,
    code: 'no-engine',
    message: 'The disk is full',
    hint: 'See docker system df, and make room: docker image prune, docker builder prune.',
  },
  {
    sign: /port is already allocated|address already in use/i,
    code: 'no-engine',
    message: 'A port that the container needs is in use on this machine',
    hint: 'End what uses it (docker ps shows containers), and try again.',
  },
  {
    sign: /lookup \S+[^\n]*: (no such host|i\/o timeout|server misbehaving|Temporary failure)|network is unreachable|no route to host|Could not resolve host|Temporary failure in name resolution|getaddrinfo (EAI_AGAIN|ENOTFOUND)|TLS handshake timeout|dial tcp \S+: (i\/o timeout|connect: connection refused)/i,
    code: 'no-network',
    message: 'The build has no network, or a host does not answer',
    hint: 'Check the connection, and the proxy: docker build --build-arg HTTPS_PROXY=….',
  },
];

/** The error for what an engine printed when it failed; `undefined` when it is none of those that we know. */
export function knownProblem(printed: string): MsbError | undefined {
  const found = problems.find(({ sign }) => sign.test(printed));
  if (found === undefined) return undefined;
  const said = printed.split('\n').find((line) => found.sign.test(line)) ?? '';
  const detail = said
    .replace(/^.*?(ERROR|error):\s*/, '')
    .trim()
    .slice(0, 160);
  return new MsbError(found.code, `${found.message}${detail === '' ? '' : ` (${detail})`}`, found.hint);
}

/** For `plop.load('create-msb-docker')`: adds the generator `dockerfile` to a plopfile. */
export default function registerDockerfile(plop: {
  getDestBasePath(): string;
  setGenerator(name: string, config: object): unknown;
  setActionType(name: string, action: (answers: never) => Promise<string> | string): unknown;
}): void;

import type { Candidate, StartContext } from './candidate.ts';

/** Kinds of processes, those that serve first; `release` is no process of the container. */
const kinds = ['web', 'api', 'app', 'worker', 'bot', 'clock'];

/** What Procfile starts (https://devcenter.heroku.com/articles/procfile); the folder is the project's. */
export function findProcesses({ project }: StartContext): readonly Candidate[] {
  const lines = [...project.matches(['Procfile'], /^([\w-]+):\s*(.*\S)\s*$/)];
  const processes = lines.filter(({ match }) => match[1] !== 'release');
  const rank = (name: string): number => (kinds.includes(name) ? kinds.indexOf(name) : kinds.length);
  return processes
    .map(({ match: [, name = '', text = ''], line }) => ({ name, text, line }))
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(
      ({ name, text, line }): Candidate => ({
        text,
        about: `the process ${name} of Procfile`,
        place: { file: 'Procfile', line },
        folder: '',
        certain: name === 'web' || processes.length === 1,
      }),
    );
}

import type { Hit } from '@msb/core';
import { modulePath } from '../layout.ts';
import { likelyHits } from '../sources.ts';
import type { Candidate, StartContext } from '../start/candidate.ts';
import { type Framework, frameworks } from './rows.ts';
import { noServer, serverCommand, serverFor } from './server.ts';

const factoryNames =
  '(?:create_app|make_app|get_app|build_app|create_application|get_application|init_app|app_factory)';

/** An object of an application, or a function that makes one. */
interface Application {
  readonly hit: Hit;
  readonly name: string;
  readonly factory: boolean;
}

/** `app = FastAPI()`, `app: FastAPI = create_app()`; else `def create_app(` in a module that knows the framework. */
function applications(context: StartContext, framework: Framework): readonly Application[] {
  const { project } = context;
  const object = new RegExp(
    `^(\\w+)\\s*(?:,[\\w\\s,]*)?(?::\\s*[\\w.]+\\s*)?=\\s*(?:[\\w.]+\\.)?${framework.makes}\\s*\\(`,
  );
  const made = new RegExp(`^(\\w+)\\s*(?::\\s*[\\w.]+\\s*)?=\\s*(?:[\\w.]+\\.)?${factoryNames}\\s*\\(`);
  const factory = new RegExp(`^(?:async\\s+)?def\\s+(${factoryNames})\\s*\\(\\s*(?:\\)|\\w+[^,()]*=|\\*)`);
  const of = (hits: readonly Hit[], isFactory: boolean): readonly Application[] =>
    hits.map((hit) => ({ hit, name: hit.match[1] ?? 'app', factory: isFactory }));
  const objects = [...of(likelyHits(project, made), false), ...of(likelyHits(project, object), false)].filter(
    ({ name }) => !/^_|client|mock/i.test(name),
  );
  return objects.length > 0 ? objects : of(likelyHits(project, factory), true);
}

/** The application of the first framework that the project both depends on and uses. Throws `unsupported` without a server. */
export function findApplications(context: StartContext): readonly Candidate[] {
  for (const framework of frameworks.filter(({ package: name }) => context.packages.has(name))) {
    const found = applications(context, framework);
    const [first] = found;
    if (first === undefined) continue;
    const server = serverFor(context, framework.speaks);
    const candidates = found.map(({ hit, name, factory }): Candidate => {
      const { module, folder } = modulePath(context.project, context.layout, hit.file);
      const target = `${module}:${name}`;
      return {
        text: server ? serverCommand(server, target, factory) : target,
        about: `the ${framework.title} application ${target}`,
        place: { file: hit.file, line: hit.line },
        folder,
        certain: true,
      };
    });
    if (server !== undefined) return candidates;
    const [{ place } = { place: {} as Candidate['place'] }] = candidates;
    const target = candidates[0]?.text ?? '';
    if (runsItself(context, framework)) return [];
    throw noServer(framework.title, framework.speaks, place, developmentStart(framework, target));
  }
  return [];
}

const developmentStart = (framework: Framework, target: string): string =>
  framework.package === 'flask' ? `flask --app ${target} run` : `uvicorn ${target}`;

/** Whether a script starts a server that is not among the rows, such as that of Bottle or aiohttp. */
const runsItself = (context: StartContext, framework: Framework): boolean =>
  ['bottle', 'falcon', 'pyramid'].includes(framework.package) &&
  likelyHits(context.project, /\b(?:make_server|serve|run)\s*\(/).length > 0;

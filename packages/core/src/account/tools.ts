import type { RuntimeFamily } from '../families.ts';
import type { BuildPlan, RuntimePlan, StagePlan } from '../plan.ts';
import type { ToolUse } from './access.ts';

/** What a base gets for one tool: packages of Debian and of Alpine; absent where a system has none. */
interface Row {
  readonly debian?: readonly string[];
  readonly alpine?: readonly string[];
}

const same = (name: string): Row => ({ debian: [name], alpine: [name] });
const poppler: Row = { debian: ['poppler-utils'], alpine: ['poppler-utils'] };
const imagemagick: Row = { debian: ['imagemagick'], alpine: ['imagemagick'] };
const libreoffice: Row = { debian: ['libreoffice-nogui'], alpine: ['libreoffice'] };

/** Programs and fonts that code starts or loads by name, and the packages that have them. */
const rows: Readonly<Record<string, Row>> = {
  bash: same('bash'),
  convert: imagemagick,
  curl: same('curl'),
  dot: { debian: ['graphviz'], alpine: ['graphviz'] },
  exiftool: { debian: ['libimage-exiftool-perl'], alpine: ['exiftool'] },
  ffmpeg: same('ffmpeg'),
  ffprobe: { debian: ['ffmpeg'], alpine: ['ffmpeg'] },
  fonts: { debian: ['fontconfig', 'fonts-dejavu-core'], alpine: ['fontconfig', 'font-dejavu'] },
  git: same('git'),
  gm: { debian: ['graphicsmagick'], alpine: ['graphicsmagick'] },
  gs: { debian: ['ghostscript'], alpine: ['ghostscript'] },
  identify: imagemagick,
  libreoffice,
  magick: imagemagick,
  mogrify: imagemagick,
  mysqldump: { debian: ['default-mysql-client'], alpine: ['mysql-client'] },
  openssl: same('openssl'),
  pandoc: same('pandoc'),
  pdfinfo: poppler,
  pdftoppm: poppler,
  pdftotext: poppler,
  pg_dump: { debian: ['postgresql-client'], alpine: ['postgresql-client'] },
  psql: { debian: ['postgresql-client'], alpine: ['postgresql-client'] },
  rsync: same('rsync'),
  soffice: libreoffice,
  sqlite3: { debian: ['sqlite3'], alpine: ['sqlite'] },
  ssh: { debian: ['openssh-client'], alpine: ['openssh-client'] },
  tar: { debian: ['tar'], alpine: ['tar'] },
  tesseract: { debian: ['tesseract-ocr'], alpine: ['tesseract-ocr', 'tesseract-ocr-data-eng'] },
  unzip: same('unzip'),
  wget: same('wget'),
  // neither Debian 13 nor Alpine has it any more
  wkhtmltopdf: {},
  zip: same('zip'),
};

/** Tools that Debian's slim image and BusyBox have themselves. */
const present: Readonly<Partial<Record<RuntimeFamily, readonly string[]>>> = {
  slim: ['bash', 'tar'],
  alpine: ['tar', 'unzip', 'wget'],
};

/** `locale:de_DE.UTF-8` → de_DE.UTF-8. */
const localeOf = (name: string): string | undefined => /^locale:([\w.@-]+)$/.exec(name)?.[1];

/** Whether the table knows a tool; ecosystems report only those. */
export const isKnownTool = (name: string): boolean => Object.hasOwn(rows, name) || localeOf(name) !== undefined;

/** The packages of a tool on a family: none where it has it itself; `undefined` where it can't have it. */
function packagesOf(family: RuntimeFamily, name: string): readonly string[] | undefined {
  if (present[family]?.includes(name)) return [];
  const row = localeOf(name) === undefined ? rows[name] : { debian: ['locales'] };
  if (family === 'slim') return row?.debian;
  return family === 'alpine' ? row?.alpine : undefined;
}

/** What of the tools an image lacks, since its base can't have them. */
export const lackingTools = ({ tools = [], runtime }: BuildPlan): readonly ToolUse[] =>
  tools.filter(({ name }) => isKnownTool(name) && packagesOf(runtime.family, name) === undefined);

/** Where a tool can be had: the first of the families that an ecosystem ships on. */
export const familyWith = (families: readonly RuntimeFamily[], names: readonly string[]): RuntimeFamily | undefined =>
  families.find((family) => names.every((name) => packagesOf(family, name) !== undefined));

/** A plan whose base has what the program starts, in a stage of its own between the base and what ships. */
export function settleTools(plan: BuildPlan): BuildPlan {
  const { tools = [], runtime } = plan;
  const names = [...new Set(tools.map(({ name }) => name))].filter(isKnownTool).sort();
  const found = names.filter((name) => (packagesOf(runtime.family, name) ?? []).length > 0);
  if (found.length === 0) return plan;
  const packages = [...new Set(found.flatMap((name) => packagesOf(runtime.family, name) ?? []))].sort();
  const locales = found.flatMap((tool) => {
    const name = localeOf(tool);
    const [language = '', charset = 'UTF-8'] = name?.split('.') ?? [];
    return name === undefined ? [] : [{ name, language, charset }];
  });
  const about = found.map((name) => localeOf(name) ?? name).join(', ');
  const stage: StagePlan = {
    template: `_runtime/tools-${runtime.family}`,
    values: { packages: packages.join(' '), about, locales },
  };
  const on = (one: RuntimePlan): RuntimePlan => ({ ...one, base: 'runtime-tools' });
  return {
    ...plan,
    stages: [...plan.stages, stage],
    runtime: on(runtime),
    ...(plan.others && { others: plan.others.map(on) }),
  };
}

import type { Project } from '@msb/core';
import type { Mention } from './mentions.ts';

/** Calls and keywords that take a file or a folder, whose name may be any word. */
const takesPath =
  /(?:^|\.)(?:open|Path|PurePath|StaticFiles|Jinja2Templates|FileSystemLoader|TemplateLookup|listdir|scandir|walk|glob|iglob|rglob|exists|isfile|isdir|read_dir|FileResponse|send_file|send_from_directory|chdir|load_dotenv|fileConfig|read|read_text|read_csv|read_json|read_excel|read_parquet|from_file|from_pyfile|load_from_disk|from_pretrained|DirectoryLoader|SimpleDirectoryReader|TextLoader|TOMLParser|Dynaconf|translation|install|bindtextdomain|add_static|from_directory|static|Flask|create_static_config|join|truetype|insert)$/;
const keywords =
  /^(?:directory|template_folder|static_folder|template_dir|templates|templates_dir|static_dir|path|paths|file|file_path|filepath|filename|folder|root|searchpath|localedir|locale_dir|translation_directories|BABEL_TRANSLATION_DIRECTORIES|settings_files?|env_file|toml_file|yaml_file|json_file|secrets_dir|script_location|DIRS|LOCALE_PATHS|FIXTURE_DIRS|STATICFILES_DIRS|config)$|(?:_DIR|_FOLDER|_PATH|_FILE|_ROOT|_dir|_path|_file)$/;

/** What the code reads of the project. */
export interface CodeRead {
  /** From the folder of the project; a folder, a file or a glob. */
  readonly path: string;
  readonly mention: Mention;
}

/** What is made for images, by msb as well. */
const aboutImage = /(?:^|\/)(?:Dockerfile[^/]*|\.dockerignore|\.msb\.json|(?:docker-)?compose[^/]*\.ya?ml)$/;

/** What a mention reads, if it is something in the repository. */
export function readAt(project: Project, mention: Mention): CodeRead | undefined {
  const { path, plain, scheme, callee, keyword, partial } = mention;
  if (mention.from === 'absolute' || scheme !== '' || path === '' || aboutImage.test(path)) return undefined;
  const glob = project.exists(path) ? null : /[*?]/.exec(path);
  const at = glob === null ? path : path.slice(0, glob.index).replace(/\/?[^/]*$/, '');
  if (at === '' || project.inContext(at).startsWith('..') || !project.exists(at)) return undefined;
  const word = !/[./]/.test(path);
  if (plain && word && !takesPath.test(callee) && !keywords.test(keyword)) return undefined;
  if (partial && !project.list(at).some((name) => !/\.pyc?$/.test(name))) return undefined;
  return { path: glob === null ? at : path, mention };
}

/** Calls that end with an error where there is no such file or folder. */
const insists =
  /^(?:(?:io|codecs|gzip|aiofiles|builtins)\.)?open$|(?:^|\.)(?:StaticFiles|frontend|read_csv|read_json|read_excel|read_parquet|read_table|fileConfig|ImageFont\.truetype|joblib\.load|load_model|torch\.load|np\.load)$/;
const asks = /^(?:exists|is_file|is_dir|isfile|isdir|getsize|stat)$/;

/** What the code can't do without, and is nowhere: nothing writes it, and nothing asks whether it is there. */
export function missingReads(
  project: Project,
  mentions: readonly Mention[],
  files: ReadonlySet<string>,
  written: readonly { readonly path: string; readonly kind: 'file' | 'folder' }[],
): readonly CodeRead[] {
  const asked = new Set(
    mentions
      .filter(({ method, callee }) => asks.test(method) || asks.test(callee.replace(/^.*\./, '')))
      .map(({ path }) => path),
  );
  const made = ({ path }: Mention): boolean =>
    written.some((one) => one.path === path || (one.kind === 'folder' && path.startsWith(`${one.path}/`)));
  return mentions
    .filter((mention) => {
      const { path, from, mode, partial, scheme, plain } = mention;
      const reads =
        insists.test(mention.callee) &&
        (mention.index === 0 || mention.keyword === 'directory') &&
        mode.startsWith('r') &&
        !mode.includes('+');
      const opens = /^read_(?:text|bytes)$/.test(mention.method);
      return (
        files.has(mention.place.file) &&
        (reads || opens) &&
        !(partial || scheme !== '' || from === 'absolute' || made(mention) || asked.has(path)) &&
        !(plain && path === '') &&
        /^[\w./ -]+$/.test(path) &&
        !project.inContext(path).startsWith('..') &&
        !project.exists(path)
      );
    })
    .map((mention) => ({ path: mention.path, mention }));
}

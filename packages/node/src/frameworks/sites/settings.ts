import type { Place } from '@msb/core';
import { wholeText } from '../../package-json.ts';
import type { ConfigFile } from '../config.ts';
import type { FrameworkContext } from '../framework.ts';
import type { MapSetting } from './after.ts';
import type { Setting } from './row.ts';

/** A value, and the line that says so. */
export interface Found {
  readonly value: string;
  readonly place?: Place;
}

/** What the configuration of a framework and the command that builds say. */
export interface Settings extends FrameworkContext {
  readonly config: ConfigFile | undefined;
  /** The value of a flag, else of the configuration, else the usual one. */
  read(setting: Setting): Found;
  /** The place of a setting that is there, but not as plain text. */
  computed(setting: Setting): Place | undefined;
  /** Whether source maps are asked for. */
  asks(maps: MapSetting): boolean;
  /** Whether the command that builds has these words. */
  runs(words: RegExp): boolean;
}

const quotes = String.raw`(['"\x60])((?:(?!\1)[^$\\\n])*)\1`;
const keyed = (key: string): string => String.raw`(?:^|[\s{,;])(?:['"]?${key}['"]?)\s*[:=]\s*`;

/** Reads the settings of a project. `config` is its configuration, which is never run. */
export function settingsOf(context: FrameworkContext, config: ConfigFile | undefined): Settings {
  const { manifest, build } = context;
  const command = build?.command ?? (build?.script ? wholeText(manifest, build.script) : '');
  const literal = ({ key }: Setting) => (key === undefined ? undefined : config?.find(new RegExp(keyed(key) + quotes)));
  return {
    ...context,
    config,
    read(setting) {
      const flag = setting.flag === undefined ? undefined : flagValue(command, setting.flag);
      if (flag !== undefined && build) return { value: flag, place: build.place };
      const found = literal(setting);
      const value = found?.match[2];
      return found && value !== undefined ? { value, place: found.place } : { value: setting.usual };
    },
    computed: (setting) =>
      setting.key === undefined || literal(setting) ? undefined : config?.find(new RegExp(keyed(setting.key)))?.place,
    asks: ({ key, flag }) =>
      (key !== undefined &&
        config?.find(new RegExp(String.raw`${keyed(key)}(?!\s|(?:false|undefined|null)\b)`)) !== undefined) ||
      flag?.test(command) === true,
    runs: (words) => words.test(command),
  };
}

/** `--outDir x`, `--outDir=x`; `undefined` when the command has no such flag. */
function flagValue(command: string, flag: string): string | undefined {
  const escaped = flag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(String.raw`(?:^|\s)${escaped}[=\s]+(["']?)([^\s"'&|;]+)\1`).exec(command)?.[2];
}

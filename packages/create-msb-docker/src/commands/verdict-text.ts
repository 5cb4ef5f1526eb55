import type { Row, Verdict } from '@msb/verify';
import { type Paint, visible } from '../terminal.ts';

const seconds = (value: number): string => (value < 0.05 ? 'cached' : `${value.toFixed(1)} s`);

/** The report of a verification: a row for each check, and below those that are not right, what to do. */
export function verdictText({ stages, rows }: Verdict, paint: Paint): string {
  const build = stages.map(({ stage, seconds: spent, cached }) => `${stage} ${cached ? 'cached' : seconds(spent)}`);
  const all: readonly Row[] = [{ id: 'build', title: 'build', status: 'pass', reason: build.join(' · ') }, ...rows];
  const marks = { pass: paint.green('✓'), warn: paint.yellow('!'), fail: paint.red('✗') };
  const lines = all.map(({ status, title, reason, hint }) => {
    const advice = status !== 'pass' && hint ? `\n                 ${paint.dim(visible(hint))}` : '';
    return `  ${marks[status]} ${title.padEnd(13)}${visible(reason)}${advice}`;
  });
  return `${lines.join('\n')}\n\n  ${summary(rows, paint)}\n`;
}

function summary(rows: readonly Row[], paint: Paint): string {
  const count = (wanted: Row['status']): number => rows.filter(({ status }) => status === wanted).length;
  const [failed, warned] = [count('fail'), count('warn')];
  const parts = [
    `${count('pass')} right`,
    ...(warned > 0 ? [`${warned} to look at`] : []),
    ...(failed > 0 ? [`${failed} wrong`] : []),
  ];
  return paint.bold(parts.join(', '));
}

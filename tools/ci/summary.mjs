// Adds up vitest's JSON reports of a folder and prints "N passed, N failed, N skipped".
// Fails when a report is missing a run, or when anything failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const broken = reports.filter(({ success }) => !success).length;
const failed = sum('numFailedTests') + (sum('numFailedTests') === 0 ? broken : 0);

console.log(`${sum('numPassedTests')} passed, ${failed} failed, ${sum('numPendingTests')} skipped`);
if (reports.length < 2 || failed > 0) process.exitCode = 1;

export type { StageTime, Step } from './build/progress.ts';
export { stageOf } from './build/progress.ts';
export type { Check, Evidence, Outcome, Status } from './check.ts';
export { megabytes } from './checks/size.ts';
export { checks } from './checks/table.ts';
export { junit } from './report/junit.ts';
export type { VerifyRequest } from './request.ts';
export { type Row, type Verdict, verify, type Watch } from './verify.ts';

export { changesText, explain, type StageNote, type StepNote } from './explain.ts';
export { mermaid } from './mermaid.ts';
export { svg } from './svg.ts';
export { stepsText, treeText } from './text.ts';

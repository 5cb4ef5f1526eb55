import { jarValues, notBeside, type Packaging } from './packaging.ts';

const oneJar = (title: string, task: string): Packaging => ({
  title,
  task,
  needsMain: false,
  stages: (made) => [{ template: 'java/jar', values: jarValues(made) }],
  artifacts: () => [{ stage: 'app', src: '/out/app.jar', dest: '/app/' }],
  start: (main) => (main === undefined ? ['-jar', 'app.jar'] : ['-cp', 'app.jar', main]),
});

/** One jar with all dependencies in it, as the project's own build makes it. */
export const fatJar = (task: string): Packaging => oneJar('one jar with everything in it', task);

/** A jar that needs no other. */
export const lonelyJar: Packaging = oneJar('one jar', 'jar');

/** The program's own jars and those that it needs, side by side: what changes is then a small layer. */
export const classPath: Packaging = {
  title: 'own jars beside those of the dependencies',
  // into target/dependency
  goals: ['dependency:copy-dependencies -DincludeScope=runtime'],
  task: 'installDist',
  needsMain: true,
  stages: ({ build, module, folder, output, outputs }) => [
    {
      template: 'java/class-path',
      values: {
        made: build.tool.id === 'maven' ? `${folder}/target/dependency` : `${folder}/build/install`,
        output,
        outputs: outputs.join(' '),
        beside: notBeside(module, build),
      },
    },
  ],
  artifacts: () => [
    { stage: 'app', src: '/out/lib/', dest: '/app/lib/' },
    { stage: 'app', src: '/out/jars/', dest: '/app/jars/' },
  ],
  start: (main) => ['-cp', 'jars/*:lib/*', main ?? ''],
};

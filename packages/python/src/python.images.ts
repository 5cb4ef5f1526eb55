import { imageTests } from '@msb/core/testing';
import { python } from './index.ts';

await imageTests(python, {
  // pip and Pipenv download, uv prepares and installs, Poetry and PDM install; the project itself is none of it
  dependencyWork:
    /Downloading \S+\.whl|\bPrepared \d+ packages|Installing (?!the|collected)[\w.-]+ \([\d.]+\)|\bInstall [\w.-]+ [\d.]+ successful/,
  // what only an installation needs; the base has Python's own pip
  sources: /^opt\/venv\/.*\/(pip|setuptools|wheel|uv|poetry|pdm|pipenv)\/|(^|\/)(uv|poetry|pdm|Pipfile)\.lock$/,
  artifacts: [/^opt\/venv\//, /^app\//],
});

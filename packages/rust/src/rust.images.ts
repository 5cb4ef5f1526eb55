import { imageTests } from '@msb/core/testing';
import { rust } from './index.ts';

await imageTests(rust, {
  // Cargo names the folder of what is the project's own, `Compiling orders v0.1.0 (/src/orders)`; store is a member
  // that no edit touches
  dependencyWork: /\b(Downloaded|Updating) \S|\bCompiling \S+ v[\d.]+\S*$|\bCompiling store /m,
  // A layer may outlive the cache mounts: compiling once in each run makes sure that they are filled.
  verbose: (dockerfile) => dockerfile.replace(/^cargo rustc /m, `# ${Date.now()}\n$&`),
  sources: /\.rs$|(^|\/)Cargo\.(toml|lock)$/,
  artifacts: [/^usr\/local\/(bin|lib)\//, /^app\//],
});

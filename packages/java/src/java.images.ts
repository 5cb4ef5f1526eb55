import { imageTests } from '@msb/core/testing';
import { java } from './index.ts';

await imageTests(java, {
  dependencyWork: /\bDownload(ing|ed)? (from )?\S*https?:/,
  // both are silent about what they download, unless they are asked
  verbose: (dockerfile) =>
    dockerfile.replaceAll(' -B -ntp', ' -B').replaceAll('--console=plain', '--console=plain --info'),
  sources: /\.(java|kt|gradle|kts)$|(^|\/)(pom\.xml|mvnw|gradlew)$/,
  artifacts: [/^app\//, /^opt\/java\//],
});

/** How a toy is read and built. `msb` is all of @msb/core. */
export default ({ baseImage, nameWord, product, readJson, runtimeImage, textAt }) => ({
  detect(project) {
    const file = readJson(project, 'toy.json');
    const name = nameWord(textAt(file.value, 'name') ?? 'toy', 'The name');
    const version = product('toy').default;
    return {
      facts: [{ name: 'name', value: name, place: { file: 'toy.json', line: file.line('name') } }],
      found: { name: name.toLowerCase() },
      suggested: {},
      choices: {},
      unused: ['port'],
      notes: [],
      plan: ({ name: title, runtime: family }) => ({
        ecosystem: 'toy',
        images: [{ template: 'toy/toolchain', values: { image: baseImage('toy', version, 'build') } }],
        stages: [{ template: 'toy/build', values: { name } }],
        runtime: {
          family,
          image: runtimeImage(family, 'toy', version),
          artifacts: [{ stage: 'build', src: `/out/${name}`, dest: `/usr/local/bin/${name}` }],
          labels: { 'org.opencontainers.image.title': title },
          entrypoint: [`/usr/local/bin/${name}`],
        },
        ignore: [],
        needs: ['toy.json', 'app.sh', 'greeting'],
      }),
    };
  },
  // for the image tests
  images: { artifacts: [/^usr\/local\/bin\//] },
});

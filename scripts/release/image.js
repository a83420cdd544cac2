/**
 * The image's labels, by the names of https://specs.opencontainers.org/image-spec/annotations/.
 * @param {{ name: string, description: string, license: string }} about package.json
 * @param {{ version: string, revision: string, created: Date }} release
 * @returns {Record<string, string>}
 */
export function imageLabels({ name, description, license }, { version, revision, created }) {
  const labels = {
    title: name,
    description,
    licenses: license,
    version,
    revision,
    created: created.toISOString(),
  };
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [`org.opencontainers.image.${label}`, value]),
  );
}

/** A value in double quotes, in which the shell may look up a revision: that of a release that is yet to be made. */
function quoted(value) {
  return `"${value.replace(/[\\"`]|\$(?!\(git )/g, '\\$&')}"`;
}

/** The command that builds the image with its labels and the tag of its version. */
export function buildCommand(version, labels) {
  const options = Object.entries(labels).map(([name, value]) => `--label ${name}=${quoted(value)}`);
  return ['docker build', ...options, `--tag marquee:${version} .`].join(' \\\n  ');
}

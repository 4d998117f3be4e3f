// Runs a TSX file of this repository: Node alone does not understand JSX.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFixture } from '../helpers/program/bundle.ts';

const [file = '', ...args] = process.argv.slice(2);
const { file: bundle, remove } = await bundleFixture(pathToFileURL(resolve(file)));
try {
	execFileSync(process.execPath, [bundle, ...args], { stdio: 'inherit' });
} finally {
	await remove();
}

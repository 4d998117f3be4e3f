// Packs the package, unpacks it in an empty folder and runs it from there: what is published works without anything else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pxpair-published-'));
try {
	run('npm', ['pack', '--silent', '--pack-destination', folder], process.cwd());
	const [tarball] = readdirSync(folder);
	run('tar', ['-xzf', tarball], folder);
	const program = join(folder, 'package', 'dist', 'pxpair.js');
	const version = run(process.execPath, [program, '--version'], folder);
	const pairing = run(process.execPath, [program, '--practice'], folder);
	if (!pairing.includes('Done. 5 changes were made.')) {
		throw new Error(`the published program did not pair:\n${pairing}`);
	}
	process.stdout.write(`Published: ${version.trim()} pairs the practice clusters from its tarball alone.\n`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function run(file, args, cwd) {
	return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

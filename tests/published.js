// Packs the package, unpacks it in an empty folder and runs it from there: what is published works without anything else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pxpair-published-'));
try {
	run('npm', ['pack', '--silent', '--pack-destination', folder], process.cwd());
	const [tarball] = readdirSync(folder);
	run('tar', ['-xzf', tarball], folder);
	const dist = join(folder, 'package', 'dist');
	const program = join(dist, 'pxpair.js');
	const version = run(process.execPath, [program, '--version'], folder);
	const pairing = run(process.execPath, [program, '--practice'], folder);
	if (!pairing.includes('Done. 5 changes were made.')) {
		throw new Error(`the published program did not pair:\n${pairing}`);
	}
	const packages = JSON.parse(readFileSync(join(dist, 'pxpair.cdx.json'), 'utf8')).components;
	const notices = readFileSync(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
	const unnamed = packages.filter(({ name, version }) => !notices.includes(`\n${name} ${version} (`));
	if (packages.length < 20 || unnamed.length > 0) {
		throw new Error(
			`THIRD-PARTY-NOTICES lacks ${unnamed.map(({ name }) => name).join(', ') || 'most packages'}`,
		);
	}
	process.stdout.write(
		`Published: ${version.trim()} pairs the practice clusters from its tarball alone, with the licenses of ${packages.length} packages.\n`,
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function run(file, args, cwd) {
	return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

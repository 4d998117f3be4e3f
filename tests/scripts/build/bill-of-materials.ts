import type { BundledPackage } from './bundled-packages.ts';

/**
 * What is bundled, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). Without a date and a serial number, so that the same
 * sources make the same file.
 */
export function billOfMaterials(
	program: Readonly<{ name: string; version: string; license: string }>,
	packages: readonly BundledPackage[],
): string {
	const bill = {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: { component: { type: 'application', ...identityOf(program) } },
		components: packages.map(it => ({ type: 'library', ...identityOf(it), ...hashesOf(it) })),
		dependencies: [{ ref: purlOf(program), dependsOn: packages.map(purlOf) }],
	};
	return `${JSON.stringify(bill, null, '\t')}\n`;
}

type Named = Readonly<{ name: string; version: string; license: string }>;

const identityOf = (it: Named) => ({
	'bom-ref': purlOf(it),
	name: it.name,
	version: it.version,
	purl: purlOf(it),
	licenses: [/[ (]/.test(it.license) ? { expression: it.license } : { license: { id: it.license } }],
});

const purlOf = ({ name, version }: Named): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const hashesOf = ({ integrity }: BundledPackage) =>
	integrity?.startsWith('sha512-')
		? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }] }
		: {};

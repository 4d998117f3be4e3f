import type { BundledPackage } from './bundled-packages.ts';

/** The licences of all that is bundled, each text once, below the packages that come under it. */
export function noticesOf(packages: readonly BundledPackage[]): string {
	const byText = Map.groupBy(packages, ({ texts, license, repository }) =>
		texts.length > 0
			? texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n')
			: `The package has no licence file. It names its licence: ${license}; its source: ${repository ?? 'not named'}.`,
	);
	const sections = [...byText].map(([text, under]) =>
		[...under.map(({ name, version, license }) => `${name} ${version} (${license})`), '', text].join('\n'),
	);
	const head = `pxpair contains code of ${packages.length} packages, under the licences below.`;
	return `${[head, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

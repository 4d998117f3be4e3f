import type { Pxctl } from '../../pairing/clusters/ports.ts';
import { pxctlPath } from '../../pairing/clusters/portworx.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { explainPxctl } from './explain-pxctl.ts';
import { type RunPxctl, valuesOf } from './pxctl-run.ts';

/** What another cluster pairs with. */
export function clusterToken(
	side: Side,
	{ run, once, failed }: RunPxctl,
): Pick<Pxctl, 'showClusterToken' | 'resetClusterToken'> {
	const showToken = async () => {
		const said = await once('cluster', 'token', 'show');
		// A second line counts as well where its token was cut off.
		const [value = '', ...others] = valuesOf(said.raw, 'Token is');
		const token = /^ ([!-~]+)$/.exec(value)?.[1];
		// What follows the last line break was cut off: it may hold the first half of a token.
		const [cutOff] = valuesOf(said.raw.slice(said.raw.lastIndexOf('\n') + 1), 'Token is');
		if (said.code !== 0 || token === undefined || others.length > 0 || cutOff !== undefined) {
			// The output may hold the token in a form that is not known here, so none of it is shown.
			throw said.code === 0
				? explainPxctl(side, 'pxctl cluster token show', 0, 'no whole line "Token is …"')
				: failed('cluster token show', { ...said, text: said.stderr });
		}
		return new Secret(token);
	};
	let shown = remember(showToken);
	return {
		showClusterToken: () => shown(),

		async resetClusterToken() {
			shown = remember(showToken);
			const command = { where: side, file: pxctlPath, args: ['cluster', 'token', 'reset'] } as const;
			const said = await run({ command, repeatable: false });
			if (said.code !== 0) {
				// The output holds the new token.
				throw failed('cluster token reset', { ...said, text: said.stderr });
			}
		},
	};
}

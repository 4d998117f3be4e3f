import { known } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import type { World } from '../clusters/ports.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { both, type Side, sides } from '../words/pair.ts';
import { versionOf } from '../words/version.ts';

/** What should be the same on both clusters. */
export async function versionFindings(world: World): Promise<readonly Finding[]> {
	const { source, destination } = await both(world, async cluster =>
		known(await learn(cluster.discovery.portworx())),
	);
	const [one, other] = [versionOf(source?.version), versionOf(destination?.version)];
	if (!one || !other || (one[0] === other[0] && one[1] === other[1])) {
		return [];
	}
	return [
		trouble('warning', 'portworx', {
			id: 'portworx-versions-differ',
			title: 'The two clusters run different versions of Portworx',
			evidence: `source ${source?.version}, destination ${destination?.version}`,
			remedies: ['Portworx requires the same version on both: upgrade the older one.'],
		}),
	];
}

/** Milliseconds. Object stores refuse what is signed 15 minutes off; the rest is for logs and tokens. */
const clocks = { noticed: 30_000, refused: 15 * 60_000 };

export async function clockFindings(world: World): Promise<readonly Finding[]> {
	const seenBy = await both(world, async cluster => known(await learn(cluster.podView.clock())));
	const seen: Finding[] = [];
	const judge = (side: Side | 'both', title: string, ahead: number, uncertainty: number) => {
		const off = Math.abs(ahead) - uncertainty;
		const text = `${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead' : 'behind'}`;
		if (off > clocks.noticed) {
			seen.push(
				trouble(off >= clocks.refused ? 'error' : 'warning', 'portworx', {
					id: 'clock-off',
					...(side !== 'both' && { side }),
					title,
					evidence: `${text}, ±${Math.ceil(uncertainty / 1000)} s`,
					remedies: ['Set up NTP on the nodes: object stores refuse requests signed at a wrong time.'],
				}),
			);
		}
	};
	for (const side of sides) {
		const clock = seenBy[side];
		if (clock) {
			const title = `The clock of the ${side}'s nodes is off, compared with this machine's`;
			judge(side, title, clock.ahead, clock.uncertainty);
		}
	}
	const { source, destination } = seenBy;
	if (!source || !destination || seen.length > 0) {
		return seen;
	}
	const apart = destination.ahead - source.ahead;
	judge(
		'both',
		"The clocks of the two clusters' nodes differ",
		apart,
		source.uncertainty + destination.uncertainty,
	);
	return seen.length > 0
		? seen
		: [fact('portworx', 'clocks', 'both', `Clocks differ by ${Math.round(Math.abs(apart) / 1000)} s`)];
}

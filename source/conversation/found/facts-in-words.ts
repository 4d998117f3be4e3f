import type { ClusterFacts, Learned } from '../../pairing/clusters/cluster.ts';
import type { Platform } from '../../pairing/clusters/platform.ts';

/** What is known of a cluster, as it is told to a person. */
export const said = (facts: Partial<ClusterFacts>, location: string) => ({
	version: text(facts.api, api => api.version),
	portworx: text(
		facts.portworx,
		px => `${px.version ?? px.install} in ${px.namespace}${px.secured ? ', secured' : ''}`,
	),
	/** Without what only matters to someone who looks for a fault. */
	install: text(
		facts.portworx,
		px =>
			`${px.version ?? px.install}, ${px.pods.length} of ${px.podCount} Ready${px.secured ? ', secured' : ''}`,
	),
	storkVersion: text(facts.stork, stork => stork.version ?? 'version unknown'),
	release: text(facts.portworx, px => px.version ?? px.install),
	pods: text(facts.portworx, px => `${px.pods.length} of ${px.podCount} Ready`),
	uuid: text(facts.uuid, uuid => uuid),
	stork: text(facts.stork, stork => `${stork.version ?? 'there'} in ${stork.namespace}`),
	platform: location === 'auto' ? text(facts.platform, platformText) : `${location}, as you set it`,
	kind: location === 'auto' ? text(facts.platform, kindText) : `${location}, as you set it`,
	/** Where another was set. */
	detected: text(facts.platform, kindText),
	/** Where it is, in a few words. */
	place: text(facts.platform, ({ name, location, region }) =>
		[name === 'unknown' ? location : name, region ?? ''].filter(Boolean).join(' '),
	),
	/** Said where it is not certain. */
	sureness:
		location === 'auto'
			? text(facts.platform, ({ confidence }) => (confidence === 'certain' ? '' : `, ${confidence}`))
			: '',
	because:
		location === 'auto'
			? text(facts.platform, ({ confidence, evidence }) =>
					confidence === 'certain' ? evidence : `${evidence} (${confidence})`,
				)
			: `your choice; detected ${text(facts.platform, platformText)}`,
	region: text(facts.platform, platform => platform.region ?? 'unknown'),
});

const kindText = ({ location, name, confidence }: Platform): string =>
	`${name === 'unknown' ? location : `${name} (${location})`}${confidence === 'certain' ? '' : `, ${confidence}`}`;

const platformText = ({ location, name }: Platform): string =>
	`${location}${name === 'unknown' ? '' : ` (${name})`}`;

function text<T>(learned: Learned<T> | undefined, show: (value: T) => string): string {
	switch (learned?.kind) {
		case undefined:
			return '...';
		case 'known':
			return show(learned.value);
		case 'unknown':
			return 'not known';
	}
}

import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { ofAsked } from '../pairing/store-fields.ts';
import { useArea } from '../ui/area.ts';
import { Prose } from '../ui/components/prose.tsx';
import { useTheme } from '../ui/theme.ts';
import { fields } from './field-texts.ts';
import { isField, type QuestionId, shortNames } from './questions.ts';

const others: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
	...ofAsked(['choice'], ({ field }) => field.ask.help),
	source: [
		'The source is the cluster in which the applications run now. The ClusterPair object is made there.',
		'The list has every context of every kubeconfig file. Type to narrow it.',
		'"answers" means that the server of that context could be reached from here, without logging in.',
	],
	destination: [
		'The destination is the cluster to which the applications should be able to go.',
		'The credentials of this context travel to the source, inside the ClusterPair: Stork there logs in with them.',
	],
	found: [
		'Both clusters are only looked at. The location pre-selects the object store and nothing else; l overrules it.',
		'What would make the pairing fail is shown here, with the way out. A warning is no obstacle: it may hurt later.',
	],
	login: [
		"A pair carries credentials with which Stork logs in to the other cluster. Your own may end, or run a program that Stork's pod lacks; and whoever may read ClusterPairs there can use them.",
		'pxpair can make a ServiceAccount in kube-system, bind it to cluster-admin, and put its token into the pair. Undo takes all three away.',
	],
	direction: [
		'A ClusterPair leads one way. With one in each direction, applications can also be brought back.',
		'The one for the way back is made on the destination, under the same name, with the same object store.',
	],
	store: [
		'Volume data travels through an object store that both clusters use.',
		'The same credential is created on both, named after the destination: clusterPair_ and its cluster UUID.',
	],
	mode: ['How migrations through this pair copy volumes. Leave it to Portworx when in doubt.'],
};

/** What this question is about. */
export function Help({ id }: { id: QuestionId }): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const lines = isField(id)
		? [fields[id].what, fields[id].where, `Example: ${fields[id].example}`]
		: (others[id] ?? []);
	return (
		<Box flexDirection="column" rowGap={area.rows < 12 ? 0 : 1}>
			<Text {...styles.accent}>About: {shortNames[id]}</Text>
			{lines.map(line => (
				<Box key={line} columnGap={1}>
					<Box flexShrink={0}>
						<Text>{glyphs.bullet}</Text>
					</Box>
					<Prose>{line}</Prose>
				</Box>
			))}
		</Box>
	);
}

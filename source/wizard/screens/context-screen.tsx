import { Box } from 'ink';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Reach, WizardServices } from '../../conversation/services.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { useArea } from '../../ui/area.ts';
import type { FilterItem } from '../../ui/components/filter-row.tsx';
import { FilterSelect } from '../../ui/components/filter-select.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { SideLabel } from '../../ui/components/side-label.tsx';

const questions: Readonly<Record<Side, Readonly<{ before: string; after: string }>>> = {
	source: { before: 'Which cluster is the ', after: ': where do the applications run now?' },
	destination: { before: 'Which cluster is the ', after: ': where can the applications be migrated to?' },
};

/** All contexts of all kubeconfig files, under a line that narrows them. */
export function ContextScreen(props: {
	side: Side;
	services: WizardServices;
	chosen: string | undefined;
	/** The other side's, which cannot be this one, too. */
	taken: string | undefined;
	onSubmit: (context: string) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { side, services, taken } = props;
	const area = useArea();
	const { reaches, probe } = useProbes(services);
	const [refused, setRefused] = useState(false);
	const items = useMemo(
		() =>
			services.contexts.map(
				({ name, cluster, server }): FilterItem => ({
					id: name,
					label: name,
					columns: [cluster, server],
					...(name === taken
						? { state: { text: 'is the source', tone: 'info' } as const }
						: reachState(reaches.get(name))),
					detail: server,
				}),
			),
		[services.contexts, reaches, taken],
	);
	const { before, after } = questions[side];
	const current = services.contexts.find(context => context.isCurrent && context.name !== taken)?.name;
	const first =
		props.chosen ??
		(side === 'source' ? current : services.contexts.find(({ name }) => name !== taken)?.name);
	return (
		<Box flexDirection="column">
			<Prose>
				{before}
				<SideLabel side={side} />
				{after}
			</Prose>
			<Box flexDirection="column" marginTop={area.rows < 14 ? 0 : 1}>
				<FilterSelect
					key={side}
					items={items}
					rows={area.rows - (area.rows < 14 ? 2 : 4)}
					{...(first !== undefined && { initial: first })}
					onVisible={probe}
					onSubmit={context => {
						if (context === taken) {
							setRefused(true);
						} else {
							props.onSubmit(context);
						}
					}}
					onCancel={props.onBack}
					onHelp={props.onHelp}
				/>
			</Box>
			{refused && <Prose>That is the source: choose another, or press Esc to change the source.</Prose>}
		</Box>
	);
}

function reachState(reach: Reach | undefined): Partial<FilterItem> {
	switch (reach?.kind) {
		case undefined:
		case 'unasked':
			return {};
		case 'reachable':
			return { state: { text: 'answers', tone: 'ok' } };
		case 'unreachable':
			return { state: { text: reach.because, tone: 'error' } };
	}
}

/** Asks only the servers that are on screen, each once. */
function useProbes(services: WizardServices) {
	const [reaches, setReaches] = useState<ReadonlyMap<string, Reach>>(new Map());
	const asked = useRef(new Set<string>());
	const probe = useCallback(
		(contexts: readonly string[]) => {
			for (const context of contexts.filter(name => !asked.current.has(name))) {
				asked.current.add(context);
				services.probe(context).then(reach => setReaches(known => new Map(known).set(context, reach)));
			}
		},
		[services],
	);
	return { reaches, probe };
}

import { useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import type { ClusterFacts } from '../pairing/cluster.ts';
import { type Draft, emptyDraft } from '../pairing/draft.ts';
import type { Pair } from '../pairing/pair.ts';
import { podPlaces } from '../pairing/pod-places.ts';
import type { Plan } from '../pairing/step.ts';
import { mayRun } from './found.ts';
import { Help } from './help.tsx';
import {
	type Facts,
	isField,
	isSecretField,
	isStore,
	mayGoWithoutStore,
	modeOptions,
	type QuestionId,
	storageClassOptions,
	storeOptions,
	suggestedStore,
	suggestion,
} from './questions.ts';
import { AnswersScreen } from './screens/answers-screen.tsx';
import { ChoiceScreen } from './screens/choice-screen.tsx';
import { ContextScreen } from './screens/context-screen.tsx';
import { FieldScreen } from './screens/field-screen.tsx';
import { FoundScreen } from './screens/found-screen.tsx';
import { ReviewScreen } from './screens/review-screen.tsx';
import type { WizardServices } from './services.ts';
import type { WizardAction, WizardState } from './wizard-state.ts';

export type QuestionProps = Readonly<{
	state: WizardState;
	dispatch: (action: WizardAction) => void;
	services: WizardServices;
	/** For the review. */
	plan: () => Plan;
	facts: Pair<ClusterFacts>;
	/** How much earlier attempts have made. */
	standing: number;
	onLeave: () => void;
}>;

/** The first two acts: the questions, and the plan that follows from the answers. */
export function QuestionPlace(props: QuestionProps): ReactNode {
	const { state, dispatch } = props;
	const help = () => dispatch({ type: 'help' });
	if (state.place.kind === 'answers') {
		return (
			<AnswersScreen
				draft={state.draft}
				onSubmit={id => dispatch({ type: 'change', id })}
				onBack={() => dispatch({ type: 'back' })}
			/>
		);
	}
	if (state.place.kind !== 'question') {
		return null;
	}
	return state.isHelpShown ? (
		<>
			<CloseHelp onClose={help} />
			<Help id={state.place.id} />
		</>
	) : (
		<Question {...props} id={state.place.id} onHelp={help} />
	);
}

function Question(props: QuestionProps & { id: QuestionId; onHelp: () => void }): ReactNode {
	const { id, state, dispatch, services, onHelp } = props;
	const { draft, facts } = state;
	const onNext = () => dispatch({ type: 'next' });
	const onBack = () => dispatch({ type: 'back' });
	const common = { onBack, onHelp };
	const namespaces = useNamespaces(services, id === 'namespace' ? draft.source : undefined);
	if (isField(id)) {
		return (
			<FieldScreen
				key={id}
				id={id}
				services={services}
				text={isSecretField(id) ? '' : (draft.texts[id] ?? suggestion(id, draft, facts))}
				secret={isSecretField(id) ? draft.secrets[id] : undefined}
				candidates={id === 'namespace' ? namespaces : []}
				onText={(field, text) => dispatch({ type: 'typed', field, text })}
				onSecret={(field, secret) => dispatch({ type: 'typed-secret', field, secret })}
				onNext={onNext}
				{...common}
			/>
		);
	}
	switch (id) {
		case 'source':
		case 'destination':
			return (
				<ContextScreen
					key={id}
					side={id}
					services={services}
					chosen={draft[id]}
					taken={id === 'destination' ? draft.source : undefined}
					onSubmit={context => dispatch({ type: 'chose-context', side: id, context })}
					onCancel={id === 'source' && !state.isChanging ? props.onLeave : onBack}
					onHelp={onHelp}
				/>
			);
		case 'found':
			return (
				<FoundScreen
					facts={facts}
					location={draft.location}
					standing={props.standing}
					onNext={onNext}
					onSwap={() => dispatch({ type: 'swapped' })}
					onLocate={() => dispatch({ type: 'located', location: nextLocation(draft, facts) })}
					onRetry={() => dispatch({ type: 'look-again' })}
					{...common}
				/>
			);
		case 'store':
			return (
				<ChoiceScreen
					id={id}
					question="Through which object store does the data travel?"
					remark="Both clusters get the same store, under the same name."
					options={storeOptions(mayGoWithoutStore(draft, facts))}
					chosen={draft.store ?? suggestedStore(draft, facts)}
					onSubmit={store => isStore(store) && dispatch({ type: 'chose-store', store })}
					{...common}
				/>
			);
		case 'storageClass':
		case 'mode':
			return (
				<ChoiceScreen
					id={id}
					question={
						id === 'mode' ? 'How should migrations copy volumes?' : 'Which storage class should objects have?'
					}
					options={id === 'mode' ? modeOptions : storageClassOptions}
					chosen={draft.texts[id] ?? ''}
					onSubmit={text => {
						dispatch({ type: 'typed', field: id, text });
						onNext();
					}}
					{...common}
				/>
			);
		case 'review':
			return <Review {...props} onBack={onBack} />;
	}
}

function Review(props: QuestionProps & { onBack: () => void }): ReactNode {
	const { dispatch, services, state, facts } = props;
	const plan = props.plan();
	const [notice, setNotice] = useState<string>();
	return (
		<ReviewScreen
			plan={plan}
			places={podPlaces(facts)}
			notice={notice}
			standing={props.standing}
			// Only what has been looked at, and found free of what would make it fail, is run.
			onRun={() => dispatch(mayRun(state.facts) ? { type: 'run' } : { type: 'change', id: 'found' })}
			onChange={() => dispatch({ type: 'list-answers' })}
			onSave={what => void services.save(what, state.draft, plan, facts).then(setNotice)}
			onBack={props.onBack}
		/>
	);
}

/** From what was found to its contrary, and back. */
function nextLocation({ location }: Draft, facts: Facts): Draft['location'] {
	if (location !== 'auto') {
		return 'auto';
	}
	return suggestedStore({ ...emptyDraft, location }, facts) === 'none' ? 'cloud' : 'on-premises';
}

function CloseHelp({ onClose }: { onClose: () => void }): ReactNode {
	useInput((input, key) => {
		if (key.escape || key.return || input === '?' || input === 'q') onClose();
	});
	return null;
}

/** Those there are on the source, while they are asked for. */
function useNamespaces(services: WizardServices, context: string | undefined): readonly string[] {
	const [names, setNames] = useState<readonly string[]>([]);
	useEffect(() => {
		if (context !== undefined) {
			services.namespaces(context).then(found => setNames(found ?? []));
		}
	}, [services, context]);
	return context === undefined ? [] : names;
}

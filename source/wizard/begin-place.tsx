import type { ReactNode } from 'react';
import type { Unfinished } from '../conversation/services.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import { Frame } from '../ui/components/frame.tsx';
import { beginBindings } from './bindings.ts';
import { BeginScreen } from './screens/begin-screen.tsx';

/** Before the first question: what should become of a run that was not finished. */
export function BeginPlace(props: {
	unfinished: Unfinished;
	isPractice: boolean;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
}): ReactNode {
	const { unfinished, dispatch, onLeave } = props;
	return (
		<Frame
			product="pxpair"
			title="A run that was not finished"
			isPractice={props.isPractice}
			isTall
			bindings={beginBindings(onLeave)}
		>
			<BeginScreen
				unfinished={unfinished}
				onGoOn={() => {
					unfinished.takeUp();
					dispatch({ type: 'go-on', draft: unfinished.draft, story: unfinished.story });
				}}
				onUndo={() => dispatch({ type: 'undo-first', story: unfinished.story })}
				onAnew={() => dispatch({ type: 'start-again' })}
				onLeave={onLeave}
			/>
		</Frame>
	);
}

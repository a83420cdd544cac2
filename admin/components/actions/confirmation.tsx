import { Button } from '@adminjs/design-system';
import { type ModalData, type ModalFunctions, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import Dialog from '../dialog.js';

const EVENT = 'marquee:confirm';

/** AdminJS's functions for its question before an action, with a dialog that keyboard and screen readers can use. */
export function useConfirmation(): ModalFunctions {
  return {
    openModal: (question: ModalData) => dispatchEvent(new CustomEvent(EVENT, { detail: question })),
    closeModal: () => dispatchEvent(new CustomEvent(EVENT, { detail: null })),
  };
}

/** The dialog that `useConfirmation` opens. */
export default function Confirmation() {
  const [question, setQuestion] = useState<ModalData | null>(null);
  const { translateMessage, translateButton } = useTranslation();
  useEffect(() => {
    const ask = (event: Event) => setQuestion((event as CustomEvent<ModalData | null>).detail);
    addEventListener(EVENT, ask);
    return () => removeEventListener(EVENT, ask);
  }, []);
  if (!question) return null;
  const { modalProps, resourceId, confirmAction } = question;
  const close = () => setQuestion(null);
  return (
    <Dialog urgent title={translateMessage(String(modalProps.title), resourceId)} onClose={close}>
      <div className="dialog-buttons">
        <Button type="button" variant="text" onClick={close}>
          {translateButton('cancel', resourceId)}
        </Button>
        <Button
          type="button"
          variant="contained"
          color="danger"
          onClick={() => {
            close();
            confirmAction?.();
          }}
        >
          {translateButton('confirm', resourceId)}
        </Button>
      </div>
    </Dialog>
  );
}

import { type BasePropertyProps, useTranslation } from 'adminjs';
import { fileNames, MEDIA_PATH } from '../../../src/media/file-names.js';

/** A movie's poster in a list; an empty frame where there is none. */
export default function PosterThumb({ property, record }: BasePropertyProps) {
  const { translateMessage } = useTranslation();
  const hash = record?.params.poster as string | null | undefined;
  if (!hash) return <span className="poster-thumb" />;
  const title = String(record?.params.title ?? '');
  return (
    <img
      className="poster-thumb"
      src={`${MEDIA_PATH}${fileNames(hash).small}`}
      alt={translateMessage('posterOf', property.resourceId, { title })}
      width={32}
      height={48}
      loading="lazy"
      decoding="async"
    />
  );
}

import { Box, H3, Text } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import type { Figure } from '../dashboard.js';

const api = new ApiClient();

/** The first page: how much of everything there is, each figure leading to its list. */
export default function Dashboard() {
  const { translateLabel } = useTranslation();
  const [figures, setFigures] = useState<Figure[]>([]);
  useEffect(() => {
    void api.getDashboard().then(({ data }) => setFigures((data as { figures: Figure[] }).figures));
  }, []);
  return (
    <Box variant="grey" p="xxl">
      <H3>{translateLabel('dashboard')}</H3>
      <Box flex flexWrap="wrap" mt="xl">
        {figures.map(({ resource, count }) => (
          <Link key={resource} to={`/admin/resources/${resource}`} style={{ textDecoration: 'none' }}>
            <Box variant="white" boxShadow="card" width={200} mr="xl" mb="xl">
              <Text fontSize="h1" lineHeight="h1" fontWeight="bold" color="primary100">
                {count.toLocaleString('en')}
              </Text>
              <Text color="grey80">{translateLabel(resource)}</Text>
            </Box>
          </Link>
        ))}
      </Box>
    </Box>
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await sequelize.query('CREATE INDEX reviews_active_created ON reviews (active, created)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down(queryInterface) {
  await queryInterface.removeIndex('reviews', 'reviews_active_created');
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CommentsOnPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PlanComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IsWaiting = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Document = table.Column<string>(type: "TEXT", nullable: false),
                    PupilId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedOn = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanComments", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PlanComments_PupilId_RecordedOn",
                table: "PlanComments",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PlanComments_RecordedOn",
                table: "PlanComments",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "Waiting_comments",
                table: "PlanComments",
                column: "PlanId",
                filter: "\"IsWaiting\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PlanComments");
        }
    }
}
